import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { randomId } from '../../kernel/random';
import { post } from '../../ledger';
import { findReceiptOrThrow } from './find-receipts';
import type { Receipt } from './receipt.model';
import { receiptFetched } from './receipts.kinds';

/** A receipt that an officer is about to print, with the payer in full: who fetched it is on record before it goes out (PR5). */
export async function fetchReceipt(ctx: Context, { id }: { id: string }): Promise<Receipt> {
  const receipt = await findReceiptOrThrow(ctx, id);
  await post(ctx, {
    key: `receipt:${id}:fetched:${randomId(ctx.random, 'see')}`, // each time counts
    kind: receiptFetched,
    source: { type: 'receipt', id },
    writes: () => [recorded(ctx, 'receipt.fetched', { type: 'receipt', id })],
  });
  return receipt;
}
