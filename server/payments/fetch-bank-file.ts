import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { post } from '../ledger';
import { decryptField } from '../platform/crypto/encrypt-field';
import { findBatchOrThrow } from './find-payments';
import { batchFilePlace } from './payment-batch.model';
import { fileFetched } from './payments.accounts';
import type { BatchRef } from './payments.inputs';

/** The exported bytes, the same each time; who fetched them is on record before they go out. */
export async function fetchBankFile(ctx: Context, { id }: BatchRef): Promise<{ name: string; bytes: Buffer }> {
  const batch = await findBatchOrThrow(ctx, id);
  const sealed = batch.fileSealed ?? fail('state.not-allowed', { from: batch.state.name, to: 'fetched' });
  await post(ctx, {
    key: `batch:${id}:fetched:${randomId(ctx.random, 'see')}`, // each time counts
    kind: fileFetched,
    source: { type: 'paymentBatch', id },
    writes: () => [recorded(ctx, 'batch.fetched', { type: 'paymentBatch', id })],
  });
  return { name: `${batch.number}.txt`, bytes: Buffer.from(decryptField(sealed, batchFilePlace(id)), 'base64') };
}
