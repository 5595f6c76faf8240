import type { Context } from '../kernel/context';
import { drawableFromEach, type PoolCode } from '../ledger';
import { absent, type DocumentGuard, type DocumentWrite, insertion } from '../platform/mongo/document-writes';
import { operator } from '../platform/mongo/operators';
import { DatedRestriction } from './dated-restriction.model';
import { purposesServing } from './purposes';
import { type Payment, poolsFor, type Restriction, restrictionPool } from './restrictions';

/**
 * The pools from which a payment is drawn, the most restricted first (FU7): give them to a draw in this order. A pool whose day is over is
 * among them while it has money of a cancelled case in its days of grace; the draw takes that and leaves the rest.
 */
export async function findPoolsFor(ctx: Context, payment: Payment): Promise<PoolCode[]> {
  const dated = await DatedRestriction.find({ ledger: ctx.ledger, purpose: operator({ $in: purposesServing(payment.cause) }) }).lean();
  const past = dated.filter(({ lastDay }) => lastDay < payment.day);
  const drawable = await drawableFromEach(ctx, past.map(restrictionPool), payment.day);
  return poolsFor(
    payment,
    dated,
    past.filter((one) => drawable.has(restrictionPool(one))),
  );
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
