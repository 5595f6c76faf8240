import { z } from '../../validation/zod';
import type { Practice } from '../practice';
import type { ApiAnswer, ApiRequest } from './endpoint';
import { createdWithin, page, pageParameters } from './lists';
import { createdFilter, expandable, parameters } from './parameters';
import { missing } from './refusals';

/** `GET /v1/balance_transactions/:id` */
export function getTransaction({ state }: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  const transaction = state.transactions.get(id);
  if (!transaction) throw missing('balance_transaction', id);
  return { answer: transaction, expand };
}

/** `GET /v1/balance_transactions`: of one payout, of one source, of one type, of a time. */
export function listTransactions({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = {
    created: createdFilter.optional(),
    payout: z.string().optional(),
    source: z.string().optional(),
    type: z.string().optional(),
    currency: z.string().optional(),
  };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const transactions = [...state.transactions.values()]
    .filter((one) => createdWithin(one, asked.created) && one.type === (asked.type ?? one.type))
    .filter((one) => one.source === (asked.source ?? one.source) && one.currency === (asked.currency ?? one.currency))
    .filter((one) => asked.payout === undefined || state.paidOut.get(one.id) === asked.payout);
  return { answer: page(transactions, asked, '/v1/balance_transactions'), expand: asked.expand };
}

/** `GET /v1/payouts/:id` */
export function getPayout({ state }: Practice, { id, given }: ApiRequest): ApiAnswer {
  const { expand } = parameters(z.strictObject(expandable), given);
  const payout = state.payouts.get(id);
  if (!payout) throw missing('payout', id);
  return { answer: payout, expand };
}

/** `GET /v1/payouts` */
export function listPayouts({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  const filters = { created: createdFilter.optional(), arrival_date: createdFilter.optional(), status: z.string().optional() };
  const asked = parameters(z.strictObject({ ...expandable, ...pageParameters, ...filters }), given);
  const payouts = [...state.payouts.values()].filter(
    (payout) => createdWithin(payout, asked.created) && payout.status === (asked.status ?? payout.status),
  );
  return { answer: page(payouts, asked, '/v1/payouts'), expand: asked.expand };
}

/** `GET /v1/balance`: what no payout has taken yet. */
export function getBalance({ state }: Practice, { given }: ApiRequest): ApiAnswer {
  parameters(z.strictObject(expandable), given);
  const left = [...state.transactions.values()].filter(({ id }) => !state.paidOut.has(id)).reduce((sum, { net }) => sum + net, 0);
  const { currency } = state.settlement;
  return { answer: { object: 'balance', available: [{ amount: left, currency }], pending: [{ amount: 0, currency }], livemode: false } };
}
