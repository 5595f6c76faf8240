import { purposes } from '../../funds';
import { zMobile } from '../../identity';
import { fen } from '../../kernel/money';
import { alongside, zId, zNfcText, zPage, zRequestKey, zTick, zWhole, zYuan } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { optional, zCreditCode, zPlace } from '../donations.fields';
import { organisationKinds } from '../donor-kinds';
import { denominations } from './count-cash';

/** More on one slip is a slip of the finger: nobody carries it to a counter. */
const largestSlipFen = fen(1_000_000_00);
const mostNotes = 100_000;

export const counterRef = z.object({ counter: zId('cct') });
export const slipRef = z.object({ id: zId('csl') });
export const counterDayRef = z.object({ id: zId('cdy') });
export const counterFilters = z.object({ ...zPage.shape });

export const openCounterInput = z.object({
  name: zNfcText(30),
  code: z
    .string()
    .trim()
    .toUpperCase()
    .min(1, 'required')
    .regex(/^[A-Z]{2,4}$/, 'counter-code'),
});
export type OpenCounterInput = z.output<typeof openCounterInput>;

/** Who brings cash: an organisation by its credit code, a person by name, or one who leaves none. */
export const cashGivers = ['person', 'organisation', 'anonymous'] as const;

const cashFields = z.object({
  requestKey: zRequestKey,
  counter: zId('cct'),
  amount: zYuan({ min: fen(1), max: largestSlipFen }),
  giver: z.enum(cashGivers).default('person'),
  donorKind: z.enum(organisationKinds).default('company'),
  payerName: optional(zNfcText(80)),
  creditCode: optional(zCreditCode),
  phone: optional(zMobile),
  purpose: z.enum(purposes).default('general'),
  place: optional(zPlace),
  showName: zTick,
});

/** What the choice of giver makes necessary, told together with what is wrong elsewhere. */
export const takeCashInput = cashFields
  .refine(({ giver, payerName }) => giver === 'anonymous' || payerName !== undefined, {
    path: ['payerName'],
    error: 'required',
    ...alongside,
  })
  .refine(({ giver, creditCode }) => giver !== 'organisation' || creditCode !== undefined, {
    path: ['creditCode'],
    error: 'required',
    ...alongside,
  });
export type TakeCashInput = z.output<typeof takeCashInput>;

export const voidSlipInput = z.object({ id: zId('csl'), reason: zNfcText(200) });
export type VoidSlipInput = z.output<typeof voidSlipInput>;

/** A note that nobody has stays empty. */
const zPieces = z.preprocess((typed) => (typeof typed === 'string' && typed.trim() === '' ? 0 : (typed ?? 0)), zWhole(0, mostNotes));

/** `n10000` is how many notes of ¥100. */
const pieces = Object.fromEntries(denominations.map((valueFen) => [`n${valueFen}`, zPieces])) as Record<
  `n${(typeof denominations)[number]}`,
  typeof zPieces
>;
export const countCashInput = z.object({ id: zId('cdy'), ...pieces });
export type CountCashInput = z.output<typeof countCashInput>;

export const explainInput = z.object({ id: zId('cdy'), explanation: zNfcText(300) });
export type ExplainInput = z.output<typeof explainInput>;

export const depositInput = z.object({
  requestKey: zRequestKey,
  counter: zId('cct'),
  amount: zYuan({ min: fen(1), max: fen(10_000_000_00) }),
  paper: z
    .string()
    .trim()
    .min(1, 'required')
    .regex(/^[A-Za-z0-9-]{4,40}$/, 'bank-serial')
    .transform((paper) => paper.toUpperCase()),
});
export type DepositInput = z.output<typeof depositInput>;
