import { bankGiftFields, isMissing } from '../donations';
import { incomeFields, publicPurposes } from '../funds';
import { zSigningCode } from '../identity';
import { alongside, zId, zLocalDate, zNfcText, zPage, zWhole } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { bankFees } from './queue/bank-fees';
import { lineChoices } from './queue/what-line-is';
import { type LineState, lineStates } from './statements/statement.states';

export const statementRef = z.object({ id: zId('stm') });
export const lineRef = z.object({ id: zId('bsl') });

export const statementFilters = zPage;
export type StatementFilters = z.output<typeof statementFilters>;

/** The queue: lines in one state, of one file if told. */
export const queueFilters = z.object({
  view: z.enum(lineStates.states as [LineState, ...LineState[]]).default('open'),
  statement: zId('stm').optional(),
  ...zPage.shape,
});
export type QueueFilters = z.output<typeof queueFilters>;

/** What somebody says that a line is, and whose gifts its page offers. */
export const lineFilters = z.object({ as: z.enum(lineChoices).optional(), q: z.string().trim().max(40).optional() });
export type LineFilters = z.output<typeof lineFilters>;

export const matchGiftInput = lineRef.extend({ gift: zNfcText(24) });
export const matchDepositInput = lineRef.extend({ deposit: zId('cdp') });
export const matchEntryInput = lineRef.extend({ entry: zWhole(1, Number.MAX_SAFE_INTEGER) });
export const bookFeeInput = lineRef.extend({ fee: z.enum(bankFees, { error: 'not-a-choice' }) });
export type BookFeeInput = z.output<typeof bookFeeInput>;
export const incomeOfLineInput = lineRef.extend(incomeFields.shape);
export const ignoreLineInput = lineRef.extend({ reason: zNfcText(200) });

const { requestKey, donorKind, payerName, creditCode, phone, withoutCode, place, lastDay, showName } = bankGiftFields.shape;
/** Running costs, and what other bodies pay for, are no gift's. */
const purpose = z.enum(publicPurposes).default('general');

/** A person need not be named: the line says who it is. */
export const giftOfLineInput = (['payerName', 'creditCode'] as const).reduce(
  (schema, field) =>
    schema.refine((given) => given.donorKind === 'person' || !isMissing[field](given), { path: [field], error: 'required', ...alongside }),
  lineRef.extend({ requestKey, donorKind, payerName, creditCode, phone, withoutCode, purpose, place, lastDay, showName }),
);

/** The list of closes; `day` leads to that day. */
export const closeFilters = z.object({ day: zLocalDate.optional(), ...zPage.shape });
export type CloseFilters = z.output<typeof closeFilters>;

export const dayRef = z.object({ day: zLocalDate });
export const signDayInput = dayRef.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/, 'wrong-format'), code: zSigningCode });
