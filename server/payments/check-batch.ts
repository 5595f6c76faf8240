import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { assertAccountsStand } from './assert-accounts-stand';
import { fileOfBatch } from './file-of-batch';
import { findBatchOrThrow, findLines } from './find-payments';
import { PaymentBatch } from './payment-batch.model';
import { batchChecked } from './payments.accounts';
import type { BatchRef } from './payments.inputs';
import { batchStates } from './payments.states';

/** Checks a draft by machine (bank accounts usable and unchanged) and fixes the three figures that two people will sign. */
export async function checkBatch(ctx: Context, { id }: BatchRef): Promise<PaymentBatch> {
  const batch = await findBatchOrThrow(ctx, id);
  if (batch.state.name !== 'draft') return batch;
  const lines = await findLines(ctx, id);
  await assertAccountsStand(ctx, lines);
  const file = fileOfBatch(batch, lines);
  const state = batchStates.enter(batch.state, 'checked', ctx);
  const { count, totalFen, sha256 } = file;
  await post(ctx, {
    key: `batch:${id}:checked:${batch.version}`,
    kind: batchChecked,
    source: { type: 'paymentBatch', id },
    facts: { count, totalFen, sha256 },
    guards: [unchanged(PaymentBatch, batch)],
    writes: () => [
      change(PaymentBatch, batch, {
        state,
        count,
        totalFen,
        sha256,
        byteLength: file.bytes.length,
        checkedAt: ctx.clock.now(),
        signatures: [],
        returnReason: undefined,
      }),
      recorded(ctx, 'batch.checked', { type: 'paymentBatch', id }),
    ],
  });
  return findBatchOrThrow(ctx, id);
}
