import { zSigningCode } from '../identity';
import { largestAmount } from '../kernel/whole-number';
import { alongside, zId, zNfcText, zPage, zRequestKey, zWhole } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { batchStates } from './payments.states';

/** One tick box sends a text, several a list. */
const ticked = <Schema extends z.ZodType>(one: Schema, most: number) =>
  z.preprocess((sent) => (sent === undefined ? [] : Array.isArray(sent) ? sent : [sent]), z.array(one).max(most));

const mostTicks = 900; // more than a batch takes, so that the act says how many; fewer than a form may have fields

export const makeBatchInput = z.object({ requestKey: zRequestKey, payables: ticked(zId(), mostTicks) });
export type MakeBatchInput = z.output<typeof makeBatchInput>;

export const batchRef = z.object({ id: zId('bat') });
export type BatchRef = z.output<typeof batchRef>;

/** The batch on whose page a result file was chosen; any other field of that form is the file's. */
export const resultFrom = z.object({ batch: zId('bat').optional().catch(undefined) });

/** Which answer the bank of the demonstration gives. */
export const practiceAnswers = ['allPaid', 'oneReturned'] as const;
export const practiceResultRef = batchRef.extend({ answer: z.enum(practiceAnswers) });
export type PracticeResultRef = z.output<typeof practiceResultRef>;

/** The three figures as the signer saw them, and the code that signs. */
export const signBatchInput = batchRef.extend({
  count: zWhole(1, 100_000),
  totalFen: zWhole(1, largestAmount),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'wrong-format'),
  code: zSigningCode,
});
export type SignBatchInput = z.output<typeof signBatchInput>;

export const returnBatchInput = batchRef.extend({ reason: zNfcText(300, { lines: true }) });
export type ReturnBatchInput = z.output<typeof returnBatchInput>;

/** What the bank said of one line on the telephone or on paper. */
export const lineRef = z.object({ id: zId() });
export const answerLineInput = lineRef
  .extend({
    answer: z.enum(['paid', 'returned']),
    evidence: zNfcText(200),
    /** The bank's words for a return: the family and the village read them. */
    reason: zNfcText(100, { min: 0 }),
  })
  .refine(({ answer, reason }) => answer === 'paid' || reason !== '', { path: ['reason'], error: 'required', ...alongside });
export type AnswerLineInput = z.output<typeof answerLineInput>;

export const batchFilters = z.object({ state: z.enum(batchStates.states as [string, ...string[]]).optional(), ...zPage.shape });
export type BatchFilters = z.output<typeof batchFilters>;
