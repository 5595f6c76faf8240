import type { Context } from '../kernel/context';
import type { PoolCode } from '../ledger';
import { absent, type DocumentGuard, type DocumentWrite, insertion } from '../platform/mongo/document-writes';
import { operator } from '../platform/mongo/operators';
import { DatedRestriction } from './dated-restriction.model';
import { type Payment, poolsFor, type Restriction, restrictionPool } from './restrictions';

/** The pools from which a payment is drawn, the most restricted first (FU7): give them to a draw in this order. */
export async function findPoolsFor(ctx: Context, payment: Payment): Promise<PoolCode[]> {
  const dated = await DatedRestriction.find({ ledger: ctx.ledger, lastDay: operator({ $gte: payment.day }) }).lean();
  return poolsFor(payment, dated);
}

/** What the commit that first brings money under a restriction must write, so that payments find its pool. */
export async function firstUseOf(
  ctx: Context,
  { purpose, area, lastDay }: Restriction,
): Promise<{ guards: readonly DocumentGuard[]; writes: readonly DocumentWrite[] }> {
  const id = `${ctx.ledger}/${restrictionPool({ purpose, ...(area && { area }), ...(lastDay && { lastDay }) })}`;
  if (!lastDay || (await DatedRestriction.exists({ _id: id, ledger: ctx.ledger }))) return { guards: [], writes: [] };
  const document = { _id: id, purpose, lastDay, ...(area && { area }) };
  return { guards: [absent(DatedRestriction, id)], writes: [insertion(ctx, DatedRestriction, document)] };
}
