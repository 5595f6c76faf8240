import { may } from '../../identity';
import type { Context } from '../../kernel/context';
import { type Label, nameDocuments, numberDocuments, readForeignNumber } from '../../ledger';
import { anyOf } from '../../platform/mongo/operators';
import { Receipt } from './receipt.model';
import { numberText } from './receipt-numbers';
import { ReceiptRange } from './receipt-range.model';

/** What the ledger's and the audit's pages call a receipt and a range. */
nameDocuments('receipt', async (ctx, ids) => {
  const found = await Receipt.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { code: 1, number: 1 }).lean<
    Pick<Receipt, '_id' | 'code' | 'number'>[]
  >();
  const mayOpen = may(ctx.actor, 'gift.read');
  return new Map(
    found.map(({ _id, code, number }): [string, Label] => [
      _id,
      { text: `${code} ${number}`, ...(mayOpen && { href: `/donations/receipts/${_id}` }) },
    ]),
  );
});

nameDocuments('receiptRange', async (ctx, ids) => {
  const found = await ReceiptRange.find({ ledger: ctx.ledger, _id: anyOf(ids) }).lean<ReceiptRange[]>();
  const mayOpen = may(ctx.actor, 'gift.read');
  return new Map(
    found.map(({ _id, code, first, last, digits }): [string, Label] => [
      _id,
      { text: `${code} ${numberText(first, digits)}-${numberText(last, digits)}`, ...(mayOpen && { href: '/donations/receipt-ranges' }) },
    ]),
  );
});

numberDocuments('receipt', receiptsNumbered, readForeignNumber);

/** By the number, or by code and number as pages print them; each code has numbers of its own, so that several may bear one. */
async function receiptsNumbered(ctx: Context, typed: string): Promise<{ id: string }[]> {
  if (!may(ctx.actor, 'gift.read')) return [];
  const [number = '', code] = typed.split(/\s+/).reverse();
  const filter = { ledger: ctx.ledger, number, ...(code !== undefined && { code }) };
  const found = await Receipt.find(filter, { _id: 1 }).lean<Pick<Receipt, '_id'>[]>();
  return found.map(({ _id }) => ({ id: _id }));
}
