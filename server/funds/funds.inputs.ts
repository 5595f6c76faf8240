import { zSigningCode } from '../identity';
import { type DivisionCode, isDivisionCode, levelOf } from '../kernel/division-code';
import { fen } from '../kernel/money';
import { inOrder, zId, zLocalDate, zNfcText, zPage, zRequestKey, zWhole, zYuan } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { divisionsWithin } from '../regions';
import { incomeSources } from './incomes/income.model';
import { type ChangeState, changeStates } from './purpose-changes/purpose-change.states';
import { purposes } from './purposes';
import { columns } from './statement/columns';

/** A form sends every field; one that was left empty counts as not sent. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((typed) => (typeof typed === 'string' && typed.trim() === '' ? undefined : typed), schema.optional());

const zPlace = z
  .string()
  .refine((code) => isDivisionCode(code) && ['township', 'village'].includes(levelOf(code)), { error: 'not-a-choice', abort: true })
  .refine((code) => divisionsWithin(code).length > 0, 'not-a-choice') // money for a place elsewhere would never be used
  .transform((code) => code as DivisionCode)
  .openapi({ type: 'string', example: '130499101' });

const zBankSerial = z
  .string()
  .trim()
  .min(1, 'required')
  .regex(/^[A-Za-z0-9-]{4,40}$/, 'bank-serial')
  .transform((serial) => serial.toUpperCase());

/** More in one transfer is a slip of the finger. */
const largestFen = fen(1_000_000_000_00);

const restrictionFields = { purpose: z.enum(purposes), place: optional(zPlace), lastDay: optional(zLocalDate) };

/** What the bank does not say of money that is no gift. */
export const incomeFields = z.object({
  requestKey: zRequestKey,
  source: z.enum(incomeSources, { error: 'not-a-choice' }),
  document: zNfcText(60),
  legalBasis: zNfcText(200),
  ...restrictionFields,
});

/** Money that is no gift and stands on the bank's statement. */
export const recordIncomeInput = incomeFields.extend({
  bankSerial: zBankSerial,
  receivedOn: zLocalDate,
  amount: zYuan({ max: largestFen }),
});

export type RecordIncomeInput = z.output<typeof recordIncomeInput>;

/** The list of incomes. */
export const incomeFilters = z.object({ source: optional(z.enum(incomeSources)), ...zPage.shape });
export type IncomeFilters = z.output<typeof incomeFilters>;

/** The days of a statement; the running year without them. */
export const periodFilters = z.object({ from: optional(zLocalDate), to: optional(zLocalDate) }).refine(...inOrder);

/** Which figure of the statement is opened; `after` is the entry at which the page before ended. */
export const lineFilters = z.object({
  from: optional(zLocalDate),
  to: optional(zLocalDate),
  column: optional(z.enum(columns)),
  purpose: optional(z.enum(purposes)),
  source: optional(z.enum(['gift', ...incomeSources])),
  after: optional(zWhole(1, Number.MAX_SAFE_INTEGER)),
});

export type LineFilters = z.output<typeof lineFilters>;

/** What the donor, or the body that gave the money, has agreed to. */
export const askChangeInput = z.object({
  requestKey: zRequestKey,
  origin: zNfcText(20),
  lot: z.string().min(1, 'required').max(120),
  amount: zYuan({ max: largestFen }),
  ...restrictionFields,
  consentOn: zLocalDate,
  consentDocument: zNfcText(60),
  reason: zNfcText(200),
});
export type AskChangeInput = z.output<typeof askChangeInput>;

export const changeRef = z.object({ id: zId('fpc') });
export const confirmChangeInput = z.object({ id: zId('fpc'), code: zSigningCode });
export type ConfirmChangeInput = z.output<typeof confirmChangeInput>;
export const declineChangeInput = z.object({ id: zId('fpc'), reason: zNfcText(200) });
export type DeclineChangeInput = z.output<typeof declineChangeInput>;

/** The list of changes of purpose. */
export const changeFilters = z.object({ state: optional(z.enum(changeStates.states as [ChangeState, ...ChangeState[]])), ...zPage.shape });
export type ChangeFilters = z.output<typeof changeFilters>;

/** Whose money is to go under another restriction: the number of a gift or an income. */
export const originFilters = z.object({ origin: optional(z.string().trim().max(20)) });
