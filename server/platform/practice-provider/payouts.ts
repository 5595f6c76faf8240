import { randomId } from '../../kernel/random';
import { emit, nowSeconds, type Practice } from './practice';
import { addBalanceRow } from './settlement';
import type { WirePayout } from './wire-money';

/** Pays all that lies in the balance out to the bank; undefined when there is nothing to pay. */
export function runPayout(practice: Practice): WirePayout | undefined {
  const { state } = practice;
  const { currency } = state.settlement;
  const rows = [...state.transactions.values()].filter(({ id }) => !state.paidOut.has(id));
  const amount = rows.reduce((sum, { net }) => sum + net, 0);
  if (amount <= 0) return undefined;
  const id = randomId(practice.random, 'po');
  const row = addBalanceRow(practice, { type: 'payout', source: id, amount: -amount, fee: 0, currency, rateMillionths: null });
  const payout: WirePayout = {
    id,
    object: 'payout',
    amount,
    arrival_date: nowSeconds(practice),
    automatic: true,
    balance_transaction: row.id,
    created: nowSeconds(practice),
    currency,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: {},
    method: 'standard',
    reconciliation_status: 'completed',
    status: 'paid',
    trace_id: null,
  };
  for (const { id: paid } of [...rows, row]) state.paidOut.set(paid, id);
  state.payouts.set(id, payout);
  emit(practice, 'payout.paid', payout);
  emit(practice, 'payout.reconciliation_completed', payout);
  return payout;
}

/** The bank sends a payout back: the money lies at the provider again. */
export function failPayout(practice: Practice, payout: WirePayout): void {
  if (payout.status === 'failed') return;
  const { currency, amount, id } = payout;
  Object.assign(payout, { status: 'failed', failure_code: 'account_closed', failure_message: 'The bank account has been closed.' });
  addBalanceRow(practice, { type: 'payout_failure', source: id, amount, fee: 0, currency, rateMillionths: null });
  emit(practice, 'payout.failed', payout);
}
