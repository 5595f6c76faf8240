import { purposes } from '../funds';
import { zMobile, zNewPassword, zSigningCode } from '../identity';
import { parseCreditCode } from '../kernel/credit-code';
import { type DivisionCode, isDivisionCode, levelOf } from '../kernel/division-code';
import { bareCode } from '../kernel/half-width';
import { fen } from '../kernel/money';
import { largestCheckoutFen } from '../platform/stripe/checkout-sessions';
import { alongside, zId, zLocalDate, zNfcText, zPage, zRequestKey, zTick, zYuan } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { divisionsWithin } from '../regions';
import { donorKinds, organisationKinds } from './donor-kinds';
import { type GiftState, giftStates } from './gift.states';
import { namingChoices } from './naming/naming';
import { type ParkedState, parkedStates } from './parked-payment.states';

/** Ways to pay on the give page; all but the transfer lead to the provider's pay page. */
export const payMethods = ['transfer', 'alipay', 'wechat', 'card'] as const;

/** How often. */
export const rhythms = ['once', 'monthly'] as const;

/** The sums offered as cards, in fen; any other is typed. */
export const usualFen = fen(10_000_00);
export const offeredFen = [fen(1_000_00), fen(5_000_00), usualFen, fen(50_000_00)];

/** Who may give; `organisation` is any body with a credit code. */
export const givers = ['organisation', 'person', 'anonymous'] as const;

/** As which a signed-in member of an organisation gives: for it, with nothing to type. */
const member = 'member';

/** What the give page offers to give for; `place` asks for a township or village. */
export const givenFor = ['general', 'illness', 'schooling', 'disasterOrAccident', 'goods', 'place'] as const;

const leastFen = fen(1_00);
/** More in one transfer is a slip of the finger, and no sum of so many passes what the ledger counts. */
export const largestTransferFen = fen(1_000_000_000_00);

/** A credit code as people type it. */
export const zCreditCode = z
  .string()
  .transform((typed, context) => {
    const read = parseCreditCode(typed);
    if (read.ok) return read.value.code;
    const count = bareCode(typed).length;
    const message = count === 0 ? 'required' : count === 18 ? 'credit-code' : 'credit-code-length';
    context.addIssue({ code: 'custom', message, params: { count }, input: undefined });
    return z.NEVER;
  })
  .openapi({ type: 'string', example: '91130434MA0ABCDE67' });

/** A township or village of this county. */
export const zPlace = z
  .string()
  .refine((code) => isDivisionCode(code) && ['township', 'village'].includes(levelOf(code)), { error: 'not-a-choice', abort: true })
  .refine((code) => divisionsWithin(code).length > 0, 'not-a-choice') // money for a place elsewhere would never be used
  .transform((code) => code as DivisionCode)
  .openapi({ type: 'string', example: '130499101' });

/** A form sends every field; one that was left empty counts as not sent. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((typed) => (typeof typed === 'string' && typed.trim() === '' ? undefined : typed), schema.optional());

/** What may be given online at once. */
export const zAmount = zYuan({ min: leastFen, max: largestCheckoutFen });

/** The give page, and the same as JSON: sum, use, giver, way to pay. */
const giveFields = z
  .object({
    requestKey: zRequestKey,
    /** Once, or each month until the giver stops it: by card, whatever `method` says. */
    rhythm: z.enum(rhythms).default('once'),
    amount: optional(zAmount),
    otherAmount: optional(zAmount),
    purpose: z.enum(givenFor).default('general'),
    place: optional(zPlace),
    /** The number of the campaign that the gift is for: it says the use. */
    campaign: optional(z.string().trim().max(20)),
    giver: z.enum([...givers, member]),
    organisationName: optional(zNfcText(80)),
    creditCode: optional(zCreditCode),
    personName: optional(zNfcText(40)),
    contactName: optional(zNfcText(40)),
    phone: optional(zMobile),
    showName: zTick,
    method: z.enum(payMethods),
  })
  .strict();

type Given = Partial<z.output<typeof giveFields>>;

/** What the choices make necessary, told together with what is wrong elsewhere. */
const needs: readonly { field: keyof Given; when: (given: Given) => boolean }[] = [
  { field: 'amount', when: (given) => given.otherAmount === undefined },
  { field: 'place', when: (given) => given.purpose === 'place' },
  { field: 'organisationName', when: (given) => given.giver === 'organisation' },
  { field: 'creditCode', when: (given) => given.giver === 'organisation' },
  { field: 'contactName', when: (given) => given.giver === 'organisation' },
  { field: 'personName', when: (given) => given.giver === 'person' },
  { field: 'phone', when: (given) => given.giver === 'organisation' || given.giver === 'person' },
];

export const giveInput = needs.reduce(
  (schema, { field, when }) =>
    schema.refine((given) => !when(given) || given[field] !== undefined, {
      path: [field],
      error: 'required',
      ...alongside,
    }),
  giveFields.refine(({ campaign, rhythm }) => campaign === undefined || rhythm === 'once', {
    path: ['rhythm'], // a campaign has an end, a monthly gift has none
    error: 'not-a-choice',
    ...alongside,
  }),
);

export type GiveInput = z.output<typeof giveInput>;

/** The give page; `campaign` comes with the link from a campaign's page. */
export const giveFilters = z.object({ campaign: z.string().trim().max(20).optional() });

/** An organisation and the person who speaks for it. */
export const registerDonorInput = z.object({
  requestKey: zRequestKey,
  kind: z.enum(organisationKinds),
  name: zNfcText(80),
  creditCode: zCreditCode,
  contactName: zNfcText(40),
  mobile: zMobile,
  password: zNewPassword,
});

export type RegisterDonorInput = z.output<typeof registerDonorInput>;

/** The staff's list of gifts. */
export const giftFilters = z.object({
  state: optional(z.enum(giftStates.states as [GiftState, ...GiftState[]])),
  kind: optional(z.enum(donorKinds)),
  q: optional(z.string().trim().max(20)),
  ...zPage.shape,
});

export type GiftFilters = z.output<typeof giftFilters>;

/** An organisation's own gifts, by the day on which they came (or were announced) and by state. */
export const ownGiftFilters = z.object({
  from: optional(zLocalDate),
  to: optional(zLocalDate),
  state: optional(z.enum(giftStates.states as [GiftState, ...GiftState[]])),
  ...zPage.shape,
});

export type OwnGiftFilters = z.output<typeof ownGiftFilters>;

/** Whether an organisation is named in public. */
export const namingInput = z.object({ naming: z.enum(namingChoices, 'not-a-choice') });

/** The days of a statement; the running year without them. */
export const periodFilters = z.object({ from: optional(zLocalDate), to: optional(zLocalDate) });

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
  donorKind: z.enum(organisationKinds).default('tradeUnion'),
  payerName: optional(zNfcText(80)),
  creditCode: optional(zCreditCode),
  /** A branch of a mass organisation that bears no credit code; companies always do. */
  withoutCode: zTick.optional(),
  purpose: z.enum(purposes).default('general'),
  place: optional(zPlace),
  lastDay: optional(zLocalDate),
  showName: zTick,
});

type BankGiftTyped = Partial<z.output<typeof bankGiftFields>>;

const isNamedOtherwise: Readonly<Record<'payerName' | 'creditCode', (given: BankGiftTyped) => boolean>> = {
  payerName: ({ giftNumber }) => giftNumber !== undefined,
  creditCode: ({ giftNumber, withoutCode, donorKind }) => giftNumber !== undefined || (Boolean(withoutCode) && donorKind !== 'company'),
};

/** Without our number the giver must be named; told together with what is wrong elsewhere. */
export const bankGiftInput = (['payerName', 'creditCode'] as const).reduce(
  (schema, field) =>
    schema.refine((given) => isNamedOtherwise[field](given) || given[field] !== undefined, {
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
