import { z } from '../../platform/validation/zod';
import type { DonorStatement } from './find-statement';

const sums = z.object({
  opening: z.int(),
  came: z.int(),
  paid: z.int(),
  back: z.int(),
  fees: z.int(),
  closing: z.int(),
  apart: z.int(),
  left: z.int(),
});

export const statementView = z
  .object({
    from: z.string(),
    to: z.string(),
    agrees: z.boolean(),
    total: sums,
    gifts: z.array(sums.extend({ number: z.string(), receivedOn: z.string(), amountFen: z.int() })),
  })
  .openapi('DonorStatement');

export function viewOfStatement({ period, agrees, total, lines }: DonorStatement) {
  return {
    ...period,
    agrees,
    total,
    gifts: lines.map(({ gift, sums: row }) => ({
      number: gift.number,
      receivedOn: gift.received?.on ?? '',
      amountFen: gift.amountFen,
      ...row,
    })),
  };
}
