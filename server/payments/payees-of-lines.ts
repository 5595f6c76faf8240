import type { Context } from '../kernel/context';
import { anyOf } from '../platform/mongo/operators';
import { PaymentBatch } from './payment-batch.model';
import { PaymentLine } from './payment-line.model';

/** To which bank account a payment went, by its keyed hash, and in which batch. */
export interface PayeeOfLine {
  accountHash: string;
  accountTail: string;
  /** The batch's number. */
  batch: string;
}

/** The same for many payment lines, by their ids: how a line of the bank's statement finds them. */
export async function payeesOfLines(ctx: Context, ids: readonly string[]): Promise<Map<string, PayeeOfLine>> {
  if (ids.length === 0) return new Map();
  const lines = await PaymentLine.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { accountHash: 1, accountTail: 1, batch: 1 }).lean<
    Pick<PaymentLine, '_id' | 'accountHash' | 'accountTail' | 'batch'>[]
  >();
  const batches = await PaymentBatch.find(
    { ledger: ctx.ledger, _id: anyOf([...new Set(lines.map(({ batch }) => batch))]) },
    { number: 1 },
  ).lean<Pick<PaymentBatch, '_id' | 'number'>[]>();
  const numbers = new Map(batches.map(({ _id, number }) => [_id, number]));
  return new Map(
    lines.map(({ _id, accountHash, accountTail, batch }) => [_id, { accountHash, accountTail, batch: numbers.get(batch) ?? batch }]),
  );
}
