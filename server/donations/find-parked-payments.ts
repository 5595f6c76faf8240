import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { type Page, pageOf } from '../platform/mongo/page-of';
import { ParkedPayment } from './parked-payment.model';
import type { ParkedFilters } from './staff.inputs';

/** Payments put aside, in one state, the one that waits longest first. They belong to the county: the guard says who sees them. */
export async function findParkedPayments(ctx: Context, { view, ...page }: ParkedFilters): Promise<Page<ParkedPayment>> {
  return pageOf(ParkedPayment, { filter: { ledger: ctx.ledger, 'state.name': view }, order: { parkedAt: 1 } }, page);
}

/** A payment put aside, or 404. */
export async function findParkedPaymentOrThrow(ctx: Context, id: string): Promise<ParkedPayment> {
  return (await ParkedPayment.findOne({ _id: id, ledger: ctx.ledger }).lean<ParkedPayment>()) ?? fail('not-found');
}

/** How many payments are in each state. */
export async function countParkedPayments(ctx: Pick<Context, 'ledger'>): Promise<Readonly<Record<string, number>>> {
  const found = await ParkedPayment.aggregate<{ _id: string; count: number }>([
    { $match: { ledger: ctx.ledger } },
    { $group: { _id: '$state.name', count: { $sum: 1 } } },
  ]);
  return Object.fromEntries(found.map(({ _id, count }) => [_id, count]));
}

/** What still waits of the payments that name this gift, the first first. */
export async function findWaitingOf(ctx: Pick<Context, 'ledger'>, gift: string): Promise<ParkedPayment[]> {
  return ParkedPayment.find({ ledger: ctx.ledger, gift, 'state.name': 'waiting' }).sort({ parkedAt: 1 }).lean<ParkedPayment[]>();
}
