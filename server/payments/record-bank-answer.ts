import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { answerLine } from './answer-line';
import { assertNoHand } from './assert-no-hand';
import { findBatchOrThrow, findLineOrThrow } from './find-payments';
import type { PaymentLine } from './payment-line.model';
import type { AnswerLineInput } from './payments.inputs';
import { unansweredDays } from './unanswered-days';

/**
 * Books what the bank answered to a question about an unknown line, or one that it has not answered in its days. It is never sent again
 * while unknown (DOMAIN 6, BP4); before that, nobody's word stands for the bank's file: a line called returned would be paid twice.
 * @throws `state.not-allowed` while the bank still has time.
 */
export async function recordBankAnswer(ctx: Context, { id, answer, evidence }: AnswerLineInput): Promise<PaymentLine> {
  const line = await findLineOrThrow(ctx, id);
  assertNoHand(ctx, [line]);
  const isAwaited = line.state.name === 'sent' && !(await unansweredDays(ctx, await findBatchOrThrow(ctx, line.batch), [line]));
  if (isAwaited) fail('state.not-allowed', { from: line.state.name, to: answer });
  await answerLine(ctx, line, { answer, reason: evidence, evidence });
  return findLineOrThrow(ctx, id);
}
