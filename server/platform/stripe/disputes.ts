import type Stripe from 'stripe';
import { fail } from '../../kernel/errors';
import { type Fen, fen } from '../../kernel/money';
import { z } from '../validation/zod';
import { askProvider } from './provider-errors';
import { instant, objectId, openEnum, readAnswer } from './provider-shapes';

const statuses = [
  'needs_response',
  'under_review',
  'won',
  'lost',
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'prevented',
  'appeal_needs_response',
  'appeal_under_review',
] as const;

/** What we rely on in a dispute at the provider: money has moved only when it says so (DO9). */
export interface ProviderDispute {
  id: string;
  /** Null when the currency is not CNY. */
  amountFen: Fen | null;
  status: (typeof statuses)[number] | 'unknown';
  /** The provider's word for why, such as `fraudulent`; shown as it is. */
  reason: string;
  paymentIntentId: string | null;
  dueBy: Date | null;
  withdrawn: boolean;
  reinstated: boolean;
}

/** A network's warning that a payment may be fraud. */
export interface FraudWarning {
  id: string;
  paymentIntentId: string | null;
  kind: string;
}

const disputeId = /^(?:du|dp)_[A-Za-z0-9_]{1,250}$/;
const warningId = /^issfr_[A-Za-z0-9_]{1,250}$/;

const wireDispute = z.object({
  id: z.string(),
  amount: z.int().nonnegative(),
  currency: z.string(),
  status: openEnum(statuses),
  reason: z.string(),
  payment_intent: objectId.nullable(),
  balance_transactions: z.array(z.object({ amount: z.int() })),
  evidence_details: z.object({ due_by: instant.nullable() }),
});

const wireWarning = z.object({ id: z.string(), payment_intent: objectId.nullish(), fraud_type: z.string() });

/** Reads a dispute as it is now. @throws `not-found` */
export async function readDispute(stripe: Stripe, id: string): Promise<ProviderDispute> {
  if (!disputeId.test(id)) fail('not-found');
  const dispute = readAnswer(wireDispute, await askProvider(() => stripe.disputes.retrieve(id)));
  const moved = dispute.balance_transactions.map(({ amount }) => amount);
  return {
    id: dispute.id,
    amountFen: dispute.currency === 'cny' ? fen(dispute.amount) : null,
    status: dispute.status,
    reason: dispute.reason,
    paymentIntentId: dispute.payment_intent,
    dueBy: dispute.evidence_details.due_by,
    withdrawn: moved.some((amount) => amount < 0),
    reinstated: moved.some((amount) => amount > 0),
  };
}

/** Reads a warning. @throws `not-found` */
export async function readFraudWarning(stripe: Stripe, id: string): Promise<FraudWarning> {
  if (!warningId.test(id)) fail('not-found');
  const warning = readAnswer(wireWarning, await askProvider(() => stripe.radar.earlyFraudWarnings.retrieve(id)));
  return { id: warning.id, paymentIntentId: warning.payment_intent ?? null, kind: warning.fraud_type };
}
