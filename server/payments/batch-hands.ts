import type { Context } from '../kernel/context';
import { anyOf } from '../platform/mongo/operators';
import { linesOfPayable } from './find-payments';
import { PaymentBatch } from './payment-batch.model';

/** Who made or signed a batch that held this sum: for the truth that they took no earlier step. */
export async function batchHandsOf(ctx: Context, payable: string): Promise<string[]> {
  const lines = await linesOfPayable(ctx, payable);
  const ids = lines.map(({ batch }) => batch);
  const batches = await PaymentBatch.find({ ledger: ctx.ledger, _id: anyOf(ids) }).lean<PaymentBatch[]>();
  return batches.flatMap(({ madeBy, signatures }) => [madeBy, ...signatures.map(({ by }) => by)]);
}
