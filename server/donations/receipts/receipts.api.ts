import { z } from '../../platform/validation/zod';
import type { Receipt } from './receipt.model';
import { numberText } from './receipt-numbers';
import type { ReceiptRange } from './receipt-range.model';

/** A receipt as programs get it: nothing of a person who gave. */
export const receiptView = z
  .object({
    id: z.string(),
    code: z.string(),
    number: z.string(),
    gift: z.string().openapi({ description: 'Number of the gift' }),
    amountFen: z.int(),
    issuedOn: z.string(),
    state: z.string(),
    payer: z.string().nullable().openapi({ description: 'An organisation; null for a person' }),
    payerCreditCode: z.string().nullable(),
    replaces: z.string().nullable(),
    replacedBy: z.string().nullable(),
  })
  .openapi('Receipt');

export const receiptListView = z.object({ receipts: z.array(receiptView), count: z.int(), sumFen: z.int(), next: z.string().nullable() });

export const rangeView = z
  .object({ id: z.string(), code: z.string(), first: z.string(), last: z.string(), left: z.int(), state: z.string() })
  .openapi('ReceiptRange');

export const runView = z.object({ issued: z.int(), waiting: z.int(), isOutOfNumbers: z.boolean() });

export const checkView = z.object({
  verdict: z.enum(['genuine', 'voided', 'unknown']),
  code: z.string().optional(),
  number: z.string().optional(),
  issuedOn: z.string().optional(),
  amountFen: z.int().optional(),
});

export function receiptOf(receipt: Receipt): z.output<typeof receiptView> {
  const { _id, code, number, giftNumber, amountFen, issuedOn, state, payerName, payerCreditCode, replaces, replacedBy } = receipt;
  return {
    id: _id,
    code,
    number,
    gift: giftNumber,
    amountFen,
    issuedOn,
    state: state.name,
    payer: payerName ?? null,
    payerCreditCode: payerCreditCode ?? null,
    replaces: replaces ?? null,
    replacedBy: replacedBy ?? null,
  };
}

export function receiptListOf(page: { rows: readonly Receipt[]; next?: string; count: number; sumFen: number }) {
  const { rows, next, count, sumFen } = page;
  return { receipts: rows.map(receiptOf), count, sumFen, next: next ?? null };
}

export function rangeOf({ _id, code, first, last, digits, next, state }: ReceiptRange): z.output<typeof rangeView> {
  return {
    id: _id,
    code,
    first: numberText(first, digits),
    last: numberText(last, digits),
    left: Math.max(0, last - next + 1),
    state: state.name,
  };
}
