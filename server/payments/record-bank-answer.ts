import type { Context } from '../kernel/context';
import { answerLine } from './answer-line';
import { assertNoHand } from './assert-no-hand';
import { findLineOrThrow } from './find-payments';
import type { PaymentLine } from './payment-line.model';
import type { AnswerLineInput } from './payments.inputs';

/** Books what the bank answered to a question about an unknown line. It is never sent again while unknown (DOMAIN 6, BP4). */
export async function recordBankAnswer(ctx: Context, { id, answer, evidence }: AnswerLineInput): Promise<PaymentLine> {
  const line = await findLineOrThrow(ctx, id);
  assertNoHand(ctx, [line]);
  await answerLine(ctx, line, { answer, reason: evidence, evidence });
  return findLineOrThrow(ctx, id);
}
