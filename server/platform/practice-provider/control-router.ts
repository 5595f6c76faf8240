import { type ErrorRequestHandler, type RequestHandler, Router, urlencoded } from 'express';
import { bearer } from './api/endpoint';
import { catchUp } from './catch-up';
import { loseDispute, openDispute, warnOfFraud, winDispute, withdrawDispute } from './disputes';
import { settleDelayed } from './payments';
import { failPayout, runPayout } from './payouts';
import type { Practice } from './practice';
import { failRefund, settleRefund } from './refunds';
import { settleCharge } from './settlement';
import { failCard, letMonthPass, mendCard, retryInvoice } from './subscriptions/months';

/** What happens at the provider and at banks, and no page brings about: an act by its name, on the object of this id. */
export const happenings = {
  'settle-charge': (practice: Practice, id: string) => settleCharge(practice, found(practice.state.charges, id)),
  'settle-charges': (practice: Practice) => {
    for (const charge of practice.state.charges.values()) if (charge.status === 'succeeded') settleCharge(practice, charge);
  },
  'settle-refund': (practice: Practice, id: string) => settleRefund(practice, found(practice.state.refunds, id)),
  'fail-refund': (practice: Practice, id: string) => failRefund(practice, found(practice.state.refunds, id)),
  'open-dispute': (practice: Practice, id: string) => {
    const charge = found(practice.state.charges, id);
    return openDispute(practice, charge, { amount: charge.amount, reason: 'fraudulent' }).id;
  },
  'withdraw-dispute': (practice: Practice, id: string) => withdrawDispute(practice, found(practice.state.disputes, id)),
  'win-dispute': (practice: Practice, id: string) => winDispute(practice, found(practice.state.disputes, id)),
  'lose-dispute': (practice: Practice, id: string) => loseDispute(practice, found(practice.state.disputes, id)),
  'warn-of-fraud': (practice: Practice, id: string) => warnOfFraud(practice, found(practice.state.charges, id)).id,
  'pay-delayed': (practice: Practice, id: string) => settleDelayed(practice, found(practice.state.sessions, id), 'succeeded'),
  'fail-delayed': (practice: Practice, id: string) => settleDelayed(practice, found(practice.state.sessions, id), 'failed'),
  'next-month': (practice: Practice, id: string) => letMonthPass(practice, found(practice.state.subscriptions, id)),
  'retry-invoice': (practice: Practice, id: string) => retryInvoice(practice, found(practice.state.subscriptions, id)),
  'fail-card': (practice: Practice, id: string) => failCard(found(practice.state.subscriptions, id)),
  'mend-card': (practice: Practice, id: string) => mendCard(found(practice.state.subscriptions, id)),
  'run-payout': (practice: Practice) => runPayout(practice)?.id,
  /** The id is the moment, ISO 8601; without one it is now again. */
  'set-time': (practice: Practice, id: string) => practice.clock.set(id === '' ? undefined : new Date(id)),
  'fail-payout': (practice: Practice, id: string) => failPayout(practice, found(practice.state.payouts, id)),
} as const;

export type Happening = keyof typeof happenings;

/** `POST /_ctl/:happening/:id`, with the secret key: for tests and demonstrations over HTTP. */
export function controlRouter(practice: Practice, secretKey: string): Router {
  const router = Router();
  const act: RequestHandler = async (req, res) => {
    const name = String(req.params['happening']);
    if (!Object.hasOwn(happenings, name)) return void res.status(404).json({ error: { message: `no happening is called ${name}` } });
    catchUp(practice);
    const made = happenings[name as Happening](practice, String(req.params['id'] ?? ''));
    await practice.file.save(practice.state);
    res.json({ made: made ?? null });
  };
  router.use(bearer(secretKey), urlencoded({ extended: false, limit: '4kb' }));
  router.post('/:happening', act);
  router.post('/:happening/:id', act);
  router.use(refusalAsJson);
  return router;
}

/** Why it was refused, to who asked: only with the key is anything asked here. */
const refusalAsJson: ErrorRequestHandler = (error, _req, res, next) => {
  if (!(error instanceof RangeError) || !('status' in error)) return next(error);
  res.status(Number(error.status)).json({ error: { message: error.message } });
};

function found<T>(all: ReadonlyMap<string, T>, id: string): T {
  const one = all.get(id);
  if (one === undefined) throw Object.assign(new RangeError(`the practice provider has no ${id}`), { status: 404 });
  return one;
}
