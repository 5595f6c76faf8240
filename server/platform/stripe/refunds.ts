import type Stripe from 'stripe';
import { fail } from '../../kernel/errors';
import { type Fen, fen } from '../../kernel/money';
import { z } from '../validation/zod';
import { askProvider } from './provider-errors';
import { instant, objectId, openEnum, readAnswer } from './provider-shapes';

/** Money to be given back by the way it came. */
export interface RefundOrder {
  paymentIntentId: string;
  /** All of the payment when absent. */
  amountFen?: Fen;
  /** Our id of the refund: what tells ours from one that somebody made in the provider's dashboard. */
  refundId: string;
  /** Stored before the first call; the same key never gives back twice. */
  idempotencyKey: string;
}

/** What we rely on in the provider's refund. */
export interface ProviderRefund {
  id: string;
  /** Null when the currency is not CNY. */
  amountFen: Fen | null;
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled' | 'unknown';
  paymentIntentId: string | null;
  /** Ours; null for a refund that was not made by us. */
  refundId: string | null;
  createdAt: Date;
}

const refundId = /^(?:re|pyr)_[A-Za-z0-9_]{1,250}$/;
const pageSize = 100;

const wireRefund = z.object({
  id: z.string(),
  amount: z.int().nonnegative(),
  currency: z.string(),
  status: openEnum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  payment_intent: objectId.nullable(),
  metadata: z.record(z.string(), z.string()).nullable(),
  created: instant,
});

/** Gives money back. Throws `service.unavailable` when the outcome is unknown: repeat with the same key; a refusal is a fault of its own. */
export async function createRefund(stripe: Stripe, order: RefundOrder): Promise<ProviderRefund> {
  const { paymentIntentId, amountFen, refundId: ours, idempotencyKey } = order;
  const parameters = {
    payment_intent: paymentIntentId,
    ...(amountFen !== undefined && { amount: amountFen }),
    metadata: { refundId: ours },
  };
  return read(await askProvider(() => stripe.refunds.create(parameters, { idempotencyKey })));
}

/** Reads a refund as it is now. @throws `not-found` */
export async function readRefund(stripe: Stripe, id: string): Promise<ProviderRefund> {
  if (!refundId.test(id)) fail('not-found');
  return read(await askProvider(() => stripe.refunds.retrieve(id)));
}

/** All refunds of a payment, or all since a moment, the newest first. */
export async function listRefunds(stripe: Stripe, of: { paymentIntentId: string } | { since: Date }): Promise<ProviderRefund[]> {
  const filter = 'since' in of ? { created: { gte: seconds(of.since) } } : { payment_intent: of.paymentIntentId };
  const all: unknown[] = [];
  await askProvider(async () => {
    for await (const one of stripe.refunds.list({ ...filter, limit: pageSize })) all.push(one);
  });
  return all.map(read);
}

function read(answer: unknown): ProviderRefund {
  const { id, amount, currency, status, payment_intent, metadata, created } = readAnswer(wireRefund, answer);
  return {
    id,
    amountFen: currency === 'cny' ? fen(amount) : null,
    status,
    paymentIntentId: payment_intent,
    refundId: metadata?.['refundId'] ?? null,
    createdAt: created,
  };
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
