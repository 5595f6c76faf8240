import { fen } from '../kernel/money';
import { alongside, zId, zLocalDate, zNfcText, zRequestKey, zYuan } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { reliefKindNames } from './relief-kinds';

export const referReliefInput = z.object({
  requestKey: zRequestKey,
  household: zId('hh'),
  kind: z.enum(reliefKindNames),
  department: zNfcText(40),
});
export type ReferReliefInput = z.output<typeof referReliefInput>;

const reliefId = z.object({ id: zId('rel') });

/** What a department says of a referral; refusing and "does not apply" need a written reason (RE2). */
export const answerReliefInput = reliefId
  .extend({ answer: z.enum(['granted', 'refused', 'notApplicable', 'ended']), reason: zNfcText(300, { min: 0, lines: true }) })
  .refine(({ answer, reason }) => (answer !== 'refused' && answer !== 'notApplicable') || reason !== '', {
    error: 'required',
    path: ['reason'],
    ...alongside,
  });
export type AnswerReliefInput = z.output<typeof answerReliefInput>;

const mostReceived = fen(100_000_000_00); // so that no sum of receipts passes what an amount may be

export const recordReliefInput = reliefId.extend({
  requestKey: zRequestKey,
  receivedOn: zLocalDate,
  amountYuan: zYuan({ min: fen(1), max: mostReceived }),
  certificate: zNfcText(60),
});
export type RecordReliefInput = z.output<typeof recordReliefInput>;
