import { may } from '../identity';
import type { Context } from '../kernel/context';
import { type Label, nameDocuments, numberDocuments } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { findBatchByNumber } from './find-payments';
import { PaymentBatch } from './payment-batch.model';

/** What the ledger's pages call a batch: its number. */
export function nameBatchesInLedger(): void {
  nameDocuments('paymentBatch', async (ctx: Context, ids: readonly string[]) => {
    const found = await PaymentBatch.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { number: 1 }).lean<
      Pick<PaymentBatch, '_id' | 'number'>[]
    >();
    const mayOpen = may(ctx.actor, 'payment.read');
    return new Map(
      found.map(({ _id, number }): [string, Label] => [_id, { text: number, ...(mayOpen && { href: `/payments/batches/${_id}` }) }]),
    );
  });
  numberDocuments('paymentBatch', async (ctx, number) => {
    const found = may(ctx.actor, 'payment.read') ? await findBatchByNumber(ctx, number) : undefined;
    return found && { id: found._id };
  });
}
