import { randomId } from '../../kernel/random';
import { emit, nowSeconds, type Practice } from './practice';
import type { TransactionType, WireBalanceTransaction } from './wire-money';
import type { WireCharge } from './wire-objects';

/** How long after a payment its balance transaction is there: a receiver must bear that it is not there at once. */
const settledAfterSeconds = 120;

interface NewTransaction {
  type: TransactionType;
  source: string | null;
  /** In the payer's currency, signed. */
  amount: number;
  /** In the balance's currency. */
  fee?: number;
}

/** Books a movement of the balance, in the balance's own currency. */
export function addTransaction(practice: Practice, { type, source, amount, fee = 0 }: NewTransaction): WireBalanceTransaction {
  const { currency, rateMillionths } = practice.state.settlement;
  return addBalanceRow(practice, { type, source, fee, currency, amount: converted(amount, rateMillionths), rateMillionths });
}

/** The same for a sum that is in the balance's currency already, such as a payout. */
export function addBalanceRow(
  practice: Practice,
  row: { type: TransactionType; source: string | null; amount: number; fee: number; currency: string; rateMillionths: number | null },
): WireBalanceTransaction {
  const { type, source, amount, fee, currency, rateMillionths } = row;
  const now = nowSeconds(practice);
  const transaction: WireBalanceTransaction = {
    id: randomId(practice.random, 'txn'),
    object: 'balance_transaction',
    amount,
    available_on: now,
    balance_type: 'payments',
    created: now,
    currency,
    description: null,
    exchange_rate: rateMillionths === null ? null : rateMillionths / 1_000_000,
    fee,
    fee_details: fee === 0 ? [] : [{ amount: fee, application: null, currency, description: 'Processing fees', type: 'stripe_fee' }],
    net: amount - fee,
    reporting_category: type === 'payment' ? 'charge' : type === 'payment_refund' ? 'refund' : type,
    source,
    status: 'available',
    type,
  };
  practice.state.transactions.set(transaction.id, transaction);
  return transaction;
}

/** Gives each paid charge its balance transaction once its time has come, and tells so. */
export function settleDueCharges(practice: Practice): void {
  const before = nowSeconds(practice) - settledAfterSeconds;
  for (const charge of practice.state.charges.values()) {
    if (charge.status === 'succeeded' && charge.balance_transaction === null && charge.created <= before) settleCharge(practice, charge);
  }
}

/** Gives a charge its balance transaction: from now on its fee is known. */
export function settleCharge(practice: Practice, charge: WireCharge): void {
  if (charge.balance_transaction !== null) return;
  const { rateMillionths, feeBp } = practice.state.settlement;
  const gross = converted(charge.amount, rateMillionths);
  const type = charge.payment_method_details.type === 'card' ? 'charge' : 'payment'; // wallets are `payment` rows
  const fee = Math.floor((gross * feeBp + 5000) / 10_000);
  charge.balance_transaction = addTransaction(practice, { type, source: charge.id, amount: charge.amount, fee }).id;
  emit(practice, 'charge.updated', charge);
}

/** When the next charge will be settled, in milliseconds; undefined when none waits. */
export function nextSettlementMs({ state }: Pick<Practice, 'state'>): number[] {
  return [...state.charges.values()].flatMap((charge) =>
    charge.status === 'succeeded' && charge.balance_transaction === null ? [(charge.created + settledAfterSeconds) * 1000] : [],
  );
}

function converted(amount: number, rateMillionths: number | null): number {
  if (rateMillionths === null) return amount;
  const size = Math.floor((Math.abs(amount) * rateMillionths + 500_000) / 1_000_000);
  return amount < 0 ? -size : size;
}
