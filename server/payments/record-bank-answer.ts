import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { answerLine } from './answer-line';
import { assertNoHand } from './assert-no-hand';
import { findBatchOrThrow, findLineOrThrow, findLines } from './find-payments';
import { PaymentBatch } from './payment-batch.model';
import type { PaymentLine } from './payment-line.model';
import { batchAnswered } from './payments.accounts';
import type { AnswerLineInput } from './payments.inputs';
import { batchStates } from './payments.states';
import { unansweredDays } from './unanswered-days';

/**
 * Books what the bank answered to a question about an unknown line, or one that it has not answered in its days. It is never sent again
 * while unknown (DOMAIN 6, BP4); before that, nobody's word stands for the bank's file: a line called returned would be paid twice.
 * @throws `state.not-allowed` while the bank still has time.
 */
export async function recordBankAnswer(ctx: Context, { id, answer, evidence, reason }: AnswerLineInput): Promise<PaymentLine> {
  const line = await findLineOrThrow(ctx, id);
  await assertNoHand(ctx, [line]);
  const isAwaited = line.state.name === 'sent' && !(await unansweredDays(ctx, await findBatchOrThrow(ctx, line.batch), [line]));
  if (isAwaited) fail('state.not-allowed', { from: line.state.name, to: answer });
  await answerLine(ctx, line, { answer, reason, evidence });
  await closeAnswered(ctx, line.batch);
  return findLineOrThrow(ctx, id);
}

/** The last answer by telephone ends the batch, as the bank's file would have. */
async function closeAnswered(ctx: Context, id: string): Promise<void> {
  const [batch, lines] = await Promise.all([findBatchOrThrow(ctx, id), findLines(ctx, id)]);
  if (batch.state.name === 'resulted' || lines.some(({ state }) => state.name === 'sent')) return;
  await post(ctx, {
    key: `batch:${id}:answered`,
    kind: batchAnswered,
    source: { type: 'paymentBatch', id },
    guards: [unchanged(PaymentBatch, batch)],
    writes: () => [
      change(PaymentBatch, batch, { state: batchStates.enter(batch.state, 'resulted', ctx) }),
      recorded(ctx, 'batch.answered', { type: 'paymentBatch', id }),
    ],
  });
}
