import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { encryptField } from '../platform/crypto/encrypt-field';
import { change, unchanged } from '../platform/mongo/document-writes';
import { assertAccountsStand } from './assert-accounts-stand';
import { assertNoHand } from './assert-no-hand';
import { fileOfBatch } from './file-of-batch';
import { findBatchOrThrow, findLines } from './find-payments';
import { batchFilePlace, PaymentBatch } from './payment-batch.model';
import { batchExported } from './payments.accounts';
import type { BatchRef } from './payments.inputs';
import { batchStates } from './payments.states';
import { sendLine } from './send-line';
import { assertSame } from './sign-batch';

/**
 * Sends a twice signed batch: each line's money moves to the bank's side in an entry of its own, then the file can be fetched. Cut off
 * in between it is simply called again: each line is sent once. Calling it for an exported batch changes nothing.
 * @throws `payment.file-changed` when the file is no longer what was signed.
 */
export async function exportBatch(ctx: Context, { id }: BatchRef): Promise<PaymentBatch> {
  const batch = await findBatchOrThrow(ctx, id);
  if (batch.exportedAt) return batch;
  const state = batchStates.enter(batch.state, 'exported', ctx);
  const lines = await findLines(ctx, id);
  await assertNoHand(ctx, lines);
  const file = fileOfBatch(batch, lines);
  if (batch.signatures.length !== 2) fail('payment.file-changed');
  for (const signature of batch.signatures) assertSame(signature, file);
  if (lines.every((line) => line.state.name === 'pending')) await assertAccountsStand(ctx, lines);

  await Promise.all(lines.map((line) => sendLine(ctx, line, batch))); // together: the ledger commits them in groups
  await post(ctx, {
    key: `batch:${id}:exported`,
    kind: batchExported,
    source: { type: 'paymentBatch', id },
    facts: { sha256: file.sha256 },
    guards: [unchanged(PaymentBatch, batch)],
    writes: () => [
      change(PaymentBatch, batch, {
        state,
        fileSealed: encryptField(file.bytes.toString('base64'), batchFilePlace(id)),
        exportedBy: ctx.actor.id,
        exportedAt: ctx.clock.now(),
      }),
      recorded(ctx, 'batch.exported', { type: 'paymentBatch', id }, { sha256: file.sha256 }),
    ],
  });
  return findBatchOrThrow(ctx, id);
}
