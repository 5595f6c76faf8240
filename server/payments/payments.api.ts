import { z } from '../platform/validation/zod';
import type { PaymentBatch } from './payment-batch.model';
import type { PaymentLine } from './payment-line.model';

export const batchView = z
  .object({
    id: z.string(),
    number: z.string(),
    state: z.string(),
    day: z.string(),
    count: z.int(),
    totalFen: z.int(),
    sha256: z.string().optional(),
    signatures: z.int(),
  })
  .openapi('PaymentBatch');

export const lineView = z
  .object({ id: z.string(), case: z.string(), sequence: z.int(), amountFen: z.int(), accountTail: z.string(), state: z.string() })
  .openapi('PaymentLine');

export function batchOf({ _id, number, state, day, count, totalFen, sha256, signatures }: PaymentBatch): z.output<typeof batchView> {
  return { id: _id, number, state: state.name, day, count, totalFen, ...(sha256 && { sha256 }), signatures: signatures.length };
}

export function lineOf({ _id, number, sequence, amountFen, accountTail, state }: PaymentLine): z.output<typeof lineView> {
  return { id: _id, case: number, sequence, amountFen, accountTail, state: state.name };
}
