import type { Context } from '../kernel/context';
import { change, unchanged } from '../platform/mongo/document-writes';
import { operator } from '../platform/mongo/operators';
import { transact } from '../platform/mongo/transact';
import { asSystem } from './as-system';
import { settleDispute } from './disputes/settle-dispute';
import type { Giving } from './giving';
import { ParkedPayment } from './parked-payment.model';
import { settleRefund } from './refunds/settle-refund';

/**
 * Settles with the gift as which money was booked what the provider had told of that payment before: refunds and disputes are read anew,
 * and do to the gift what they would have done had it been there. Asked again it changes nothing; the sweep does it, too.
 */
export async function settleToldOf(ctx: Context, giving: Giving, parked: ParkedPayment): Promise<void> {
  if (parked.state.name !== 'booked' || !parked.toSettle?.length) return;
  const acting = asSystem(ctx, 'provider');
  const { provider } = giving;
  for (const id of parked.toSettle) {
    if (/^(re|pyr)_/.test(id)) await settleRefund(acting, giving, await provider.readRefund(id));
    else if (/^(du|dp)_/.test(id)) await settleDispute(acting, giving, await provider.readDispute(id));
  }
  await transact(acting, {
    key: `parkedPayment:${parked._id}:toldSettled`,
    guards: [unchanged(ParkedPayment, parked)],
    writes: [change(ParkedPayment, parked, { toSettle: [] })],
  });
}

/** Money that was booked, and of which something told before is not settled yet: a crash came between. */
export function findBookedToSettle(ctx: Pick<Context, 'ledger'>): Promise<ParkedPayment[]> {
  return ParkedPayment.find({ ledger: ctx.ledger, 'state.name': 'booked', 'toSettle.0': operator({ $exists: true }) })
    .lean<ParkedPayment[]>()
    .exec();
}
