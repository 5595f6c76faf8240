import { type AidCase, approveCase } from '../../server/aid';
import type { Context } from '../../server/kernel/context';
import { signBatch } from '../../server/payments';
import type { PaymentBatch } from '../../server/payments/payment-batch.model';
import { signingCode } from '../support/signing';

type Decision = Parameters<typeof approveCase>[1];

/** Approves, sends back or refuses with a fresh code of the person. */
export async function approve(ctx: Context, decision: Decision): Promise<AidCase> {
  return approveCase(ctx, { ...decision, code: await signingCode(ctx) });
}

/** Signs a batch with a fresh code of the person: the figures as they stand in it, unless told otherwise. */
export async function sign(ctx: Context, batch: PaymentBatch, changed: { totalFen?: number; sha256?: string } = {}): Promise<PaymentBatch> {
  const { _id: id, count, totalFen, sha256 = '' } = batch;
  return signBatch(ctx, { id, count, totalFen, sha256, ...changed, code: await signingCode(ctx) });
}
