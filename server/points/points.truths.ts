import type { Context } from '../kernel/context';
import type { Truth, Violation } from '../kernel/truths';
import { findEntryByKey } from '../ledger';
import { operator } from '../platform/mongo/operators';
import { Deed } from './deed.model';
import { DeedClaim } from './deed-claim.model';
import { points } from './points.accounts';

const shown = 20;

/** One award per household, activity, day and rule. That caps and budgets hold is I2: they are accounts with a floor. */
const oneAwardPerDeed: Truth = {
  id: 'I10',
  says: 'one award per household, activity, day and rule; each awarded deed is one entry with just its points; nobody confirmed an own record',
  check: async (ctx) => [
    ...(await doubleClaims(ctx)),
    ...(await claimsWithoutDeed(ctx)),
    ...(await ownConfirmations(ctx)),
    ...(await awardsUnlikeEntries(ctx)),
  ],
};

export const pointsTruths: readonly Truth[] = [oneAwardPerDeed];

async function doubleClaims(ctx: Context): Promise<Violation[]> {
  const found = await Deed.aggregate<{ _id: string; count: number }>([
    { $match: { ledger: ctx.ledger, 'state.name': { $ne: 'rejected' } } },
    { $group: { _id: '$claim', count: { $sum: 1 } } },
    { $match: { count: { $gt: 1 } } },
    { $limit: shown },
  ]);
  return found.map(({ _id, count }) => violation(`${count} deeds under one claim`, _id));
}

async function claimsWithoutDeed(ctx: Context): Promise<Violation[]> {
  const found = await Deed.aggregate<{ _id: string }>([
    { $match: { ledger: ctx.ledger, 'state.name': { $ne: 'rejected' } } },
    { $lookup: { from: DeedClaim.collection.name, localField: 'claim', foreignField: '_id', as: 'claims' } },
    { $match: { $expr: { $ne: [{ $first: '$claims.deed' }, '$_id'] } } },
    { $limit: shown },
    { $project: { _id: 1 } },
  ]);
  return found.map(({ _id }) => violation('deed does not hold its claim', _id));
}

async function ownConfirmations(ctx: Context): Promise<Violation[]> {
  const found = await Deed.find({
    ledger: ctx.ledger,
    'state.name': 'awarded',
    $expr: operator({ $eq: ['$recordedBy', '$state.by'] }),
  })
    .limit(shown)
    .lean<Deed[]>();
  return found.map(({ _id }) => violation('recorded and confirmed by one person', _id));
}

async function awardsUnlikeEntries(ctx: Context): Promise<Violation[]> {
  const wrong: Violation[] = [];
  const awarded = Deed.find({ ledger: ctx.ledger, 'state.name': 'awarded' }, { award: 1 }).lean<Pick<Deed, '_id' | 'award'>[]>();
  for await (const { _id, award } of awarded.cursor()) {
    const entry = await findEntryByKey(ctx, `deed:${_id}:confirmed`);
    const arrived = entry?.legs.find(({ account }) => account === award?.lot);
    const agrees = award && entry?.seq === award.seq && arrived?.amount === -award.points && award.lot.startsWith(`${points.className}:`);
    if (!agrees) wrong.push(violation('award and entry differ', _id));
    if (wrong.length >= shown) break;
  }
  return wrong;
}

function violation(what: string, where: string): Violation {
  return { truth: 'I10', what, where };
}
