import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { assertNoHand } from './assert-no-hand';
import { findBatchOrThrow, findLines } from './find-payments';
import { PaymentBatch } from './payment-batch.model';
import { PaymentLine } from './payment-line.model';
import { batchReturned } from './payments.accounts';
import type { ReturnBatchInput } from './payments.inputs';
import { batchStates } from './payments.states';

/** A signer gives a batch back to its maker, with a reason; signatures already given are void. */
export async function returnBatch(ctx: Context, { id, reason }: ReturnBatchInput): Promise<PaymentBatch> {
  const batch = await findBatchOrThrow(ctx, id);
  if (batch.state.name === 'draft') return batch;
  const lines = await findLines(ctx, id);
  await assertNoHand(ctx, lines);
  const sent = lines.find(({ state }) => state.name !== 'pending');
  if (sent) fail('payment.already-sent', { number: sent.number });
  const state = batchStates.enter(batch.state, 'draft', ctx);
  await post(ctx, {
    key: `batch:${id}:returned:${batch.version}`,
    kind: batchReturned,
    source: { type: 'paymentBatch', id },
    guards: [unchanged(PaymentBatch, batch), ...lines.map((line) => unchanged(PaymentLine, line))], // none is sent meanwhile
    writes: () => [
      change(PaymentBatch, batch, { state, signatures: [], returnReason: reason }),
      recorded(ctx, 'batch.returned', { type: 'paymentBatch', id }),
    ],
  });
  return findBatchOrThrow(ctx, id);
}
