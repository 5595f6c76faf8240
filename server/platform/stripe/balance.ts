import type Stripe from 'stripe';
import { fail } from '../../kernel/errors';
import { type Fen, fen } from '../../kernel/money';
import { z } from '../validation/zod';
import { askProvider } from './provider-errors';
import { instant, objectId, openEnum, readAnswer } from './provider-shapes';

/** One movement of the balance at the provider, in the currency in which it keeps the balance: never fen unless that is CNY. */
export interface BalanceTransaction {
  id: string;
  /** The provider's word: `charge`, `payment`, `refund`, `adjustment`, `stripe_fee`, `payout` …; open, so a new one is met. */
  type: string;
  amount: number;
  fee: number;
  net: number;
  currency: string;
  /** So many units of the balance's currency for one yuan, as decimal text; null where nothing was changed. */
  exchangeRate: string | null;
  sourceId: string | null;
  createdAt: Date;
}

/** Money that the provider has sent, or means to send, to the charity's bank account. */
export interface ProviderPayout {
  id: string;
  amount: number;
  currency: string;
  status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled' | 'unknown';
  /** Whether its transactions can be listed: `completed`. A payout made by hand has none. */
  reconciliation: 'completed' | 'in_progress' | 'not_applicable' | 'unknown';
  arrivesAt: Date;
  createdAt: Date;
}

const chargeId = /^(?:ch|py)_[A-Za-z0-9_]{1,250}$/;
const payoutId = /^po_[A-Za-z0-9_]{1,250}$/;
const pageSize = 100;

const wireTransaction = z.object({
  id: z.string(),
  type: z.string(),
  amount: z.int(),
  fee: z.int(),
  net: z.int(),
  currency: z.string(),
  exchange_rate: z.number().positive().nullable(),
  source: objectId.nullable(),
  created: instant,
});

const wirePayout = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: openEnum(['pending', 'in_transit', 'paid', 'failed', 'canceled']),
  reconciliation_status: openEnum(['completed', 'in_progress', 'not_applicable']),
  arrival_date: instant,
  created: instant,
});

/** The movements of one payout, or all since a moment, the oldest first. */
export async function listTransactions(stripe: Stripe, of: { payoutId: string } | { since: Date }): Promise<BalanceTransaction[]> {
  const filter = 'since' in of ? { created: { gte: Math.floor(of.since.getTime() / 1000) } } : { payout: of.payoutId };
  const all: unknown[] = [];
  await askProvider(async () => {
    for await (const one of stripe.balanceTransactions.list({ ...filter, limit: pageSize })) all.push(one);
  });
  return all.reverse().map(transaction);
}

/** What we rely on in a charge. */
export interface ProviderCharge {
  id: string;
  /** Null when the currency is not CNY. */
  amountFen: Fen | null;
  paymentIntentId: string | null;
}

const wireCharge = z.object({ id: z.string(), amount: z.int(), currency: z.string(), payment_intent: objectId.nullable() });

/** Reads a charge. @throws `not-found` */
export async function readCharge(stripe: Stripe, id: string): Promise<ProviderCharge> {
  if (!chargeId.test(id)) fail('not-found');
  const charge = readAnswer(wireCharge, await askProvider(() => stripe.charges.retrieve(id)));
  const amountFen = charge.currency === 'cny' ? fen(charge.amount) : null;
  return { id: charge.id, amountFen, paymentIntentId: charge.payment_intent };
}

/** The movement that a charge made; null while the provider has not settled it. @throws `not-found` */
export async function readTransactionOfCharge(stripe: Stripe, id: string): Promise<BalanceTransaction | null> {
  if (!chargeId.test(id)) fail('not-found');
  const charge = await askProvider(() => stripe.charges.retrieve(id, { expand: ['balance_transaction'] }));
  return charge.balance_transaction === null ? null : transaction(charge.balance_transaction);
}

/** Reads a payout as it is now. @throws `not-found` */
export async function readPayout(stripe: Stripe, id: string): Promise<ProviderPayout> {
  if (!payoutId.test(id)) fail('not-found');
  return payout(await askProvider(() => stripe.payouts.retrieve(id)));
}

/** All payouts since a moment, the oldest first. */
export async function listPayouts(stripe: Stripe, since: Date): Promise<ProviderPayout[]> {
  const all: unknown[] = [];
  await askProvider(async () => {
    for await (const one of stripe.payouts.list({ created: { gte: Math.floor(since.getTime() / 1000) }, limit: pageSize })) all.push(one);
  });
  return all.reverse().map(payout);
}

function transaction(answer: unknown): BalanceTransaction {
  const { exchange_rate, source, created, ...rest } = readAnswer(wireTransaction, answer);
  return { ...rest, exchangeRate: exchange_rate === null ? null : String(exchange_rate), sourceId: source, createdAt: created };
}

function payout(answer: unknown): ProviderPayout {
  const { id, amount, currency, status, reconciliation_status, arrival_date, created } = readAnswer(wirePayout, answer);
  return { id, amount, currency, status, reconciliation: reconciliation_status, arrivesAt: arrival_date, createdAt: created };
}
