import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { post } from '../ledger';
import { change, removal, unchanged } from '../platform/mongo/document-writes';
import { outboxed } from '../platform/outbox/outboxed';
import { assertNoHand } from './assert-no-hand';
import { findBatchOrThrow, findLines, payablesById } from './find-payments';
import { Payable } from './payable.model';
import { PaymentBatch } from './payment-batch.model';
import { PaymentLine } from './payment-line.model';
import { paymentMoved } from './payment-moved';
import { batchWithdrawn } from './payments.accounts';
import type { BatchRef } from './payments.inputs';
import { batchStates, payableStates } from './payments.states';

/** Gives up a batch that nobody has signed: its sums wait for another batch as before. Nothing was sent, so its lines leave no trace but the audit. */
export async function withdrawBatch(ctx: Context, { id }: BatchRef): Promise<PaymentBatch> {
  const batch = await findBatchOrThrow(ctx, id);
  if (batch.state.name === 'withdrawn') return batch;
  const state = batchStates.enter(batch.state, 'withdrawn', ctx);
  const lines = await findLines(ctx, id);
  await assertNoHand(ctx, lines);
  const payables = await payablesById(
    ctx,
    lines.map(({ payable }) => payable),
  );
  await post(ctx, {
    key: `batch:${id}:withdrawn`,
    kind: batchWithdrawn,
    source: { type: 'paymentBatch', id },
    guards: [
      unchanged(PaymentBatch, batch),
      ...lines.map((line) => unchanged(PaymentLine, line)),
      ...payables.map((one) => unchanged(Payable, one)),
    ],
    writes: () => [
      change(PaymentBatch, batch, { state }),
      ...lines.map((line) => removal(PaymentLine, line)),
      ...payables.map((one) =>
        change(Payable, one, { state: payableStates.enter(one.state, one.attempts === 0 ? 'open' : 'returned', ctx) }),
      ),
      ...payables.map((one) => outboxed(ctx, paymentMoved, { payableId: one._id })),
      recorded(ctx, 'batch.withdrawn', { type: 'paymentBatch', id }),
    ],
  });
  return findBatchOrThrow(ctx, id);
}
