import { purposes } from '../funds';
import { zMobile, zSigningCode } from '../identity';
import { fen } from '../kernel/money';
import { alongside, zId, zLocalDate, zNfcText, zPage, zRequestKey, zTick, zYuan } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { largestTransferFen, optional, zCreditCode, zPlace } from './donations.fields';
import { donorKinds, isOrganisationKind } from './donor-kinds';
import { type GiftState, giftStates } from './gift.states';
import { type ParkedState, parkedStates } from './parked-payment.states';

/** The staff's list of gifts. */
export const giftFilters = z.object({
  state: optional(z.enum(giftStates.states as [GiftState, ...GiftState[]])),
  kind: optional(z.enum(donorKinds)),
  q: optional(z.string().trim().max(20)),
  ...zPage.shape,
});

export type GiftFilters = z.output<typeof giftFilters>;

/** The list of payments put aside, by what became of them. */
export const parkedFilters = z.object({
  view: z.enum(parkedStates.states as [ParkedState, ...ParkedState[]]).default('waiting'),
  ...zPage.shape,
});

export type ParkedFilters = z.output<typeof parkedFilters>;

/** What a finance officer decides on a payment put aside, and why. */
export const resolveParkedInput = z.object({
  id: zId('prk'),
  decision: z.enum(['gift', 'refund'], { error: 'required' }),
  reason: zNfcText(200),
});

export type ResolveParkedInput = z.output<typeof resolveParkedInput>;

/** The signature of a second person under money that goes back. */
export const payBackInput = z.object({ id: zId('prk'), code: zSigningCode });

export type PayBackInput = z.output<typeof payBackInput>;

/** A transfer that arrived in the charity's bank account. */
export const bankGiftFields = z.object({
  requestKey: zRequestKey,
  bankSerial: z
    .string()
    .trim()
    .min(1, 'required')
    .regex(/^[A-Za-z0-9-]{4,40}$/, 'bank-serial')
    .transform((serial) => serial.toUpperCase()),
  receivedOn: zLocalDate,
  amount: zYuan({ min: fen(1), max: largestTransferFen }),
  /** Our number in the transfer's remark, when the giver had announced it. */
  giftNumber: optional(zNfcText(20)),
  /** Whoever books has looked at whose gift that number is. */
  checkedGiver: zTick,
  donorKind: z.enum(donorKinds).default('tradeUnion'),
  payerName: optional(zNfcText(80)),
  creditCode: optional(zCreditCode),
  /** Of a person, to be told of the gift and its receipt. */
  phone: optional(zMobile),
  /** A branch of a mass organisation that bears no credit code; companies always do. */
  withoutCode: zTick.optional(),
  purpose: z.enum(purposes).default('general'),
  place: optional(zPlace),
  lastDay: optional(zLocalDate),
  showName: zTick,
});

type GiverTyped = Partial<Pick<z.output<typeof bankGiftFields>, 'donorKind' | 'payerName' | 'creditCode' | 'withoutCode'>>;

/** What is missing of a giver of this kind: an organisation has a name and a credit code, a person a name, an unnamed giver neither. */
export const isMissing: Readonly<Record<'payerName' | 'creditCode', (given: GiverTyped) => boolean>> = {
  payerName: ({ donorKind, payerName }) => donorKind !== 'anonymous' && payerName === undefined,
  creditCode: ({ donorKind = 'company', creditCode, withoutCode }) =>
    isOrganisationKind(donorKind) && creditCode === undefined && (donorKind === 'company' || !withoutCode),
};

/** Without our number the giver must be named; told together with what is wrong elsewhere. */
export const bankGiftInput = (['payerName', 'creditCode'] as const).reduce(
  (schema, field) =>
    schema.refine((given) => given.giftNumber !== undefined || !isMissing[field](given), {
      path: [field],
      error: 'required',
      ...alongside,
    }),
  bankGiftFields,
);

export type BankGiftInput = z.output<typeof bankGiftInput>;

/** The fields of the bank's form that can be read already, while others are still wrong. */
export function readableBankGift(typed: Readonly<Record<string, unknown>>): Partial<BankGiftInput> {
  const read = Object.entries(bankGiftFields.shape).map(([name, schema]) => [name, schema.safeParse(typed[name])] as const);
  return Object.fromEntries(read.flatMap(([name, field]) => (field.success ? [[name, field.data]] : [])));
}
