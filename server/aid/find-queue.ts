import { withinReach } from '../households';
import { may } from '../identity';
import type { Context } from '../kernel/context';
import { halfWidth } from '../kernel/half-width';
import { shanghaiDay } from '../kernel/local-date';
import { anyOf, operator, startingWith } from '../platform/mongo/operators';
import { type Page, pageOf } from '../platform/mongo/page-of';
import type { CaseFilters, caseViews } from './aid.inputs';
import { AidCase } from './aid-case.model';

type View = (typeof caseViews)[number];
type Filter = Record<string, unknown>;

/** Cases of a view within the actor's reach: what is late first, then what is due next, the earlier submission first. */
export async function findQueue(ctx: Context, filters: CaseFilters): Promise<Page<AidCase>> {
  const filter = { ledger: ctx.ledger, $and: [withinReach(ctx, 'household'), viewFilter(ctx, filters.view), conditions(filters)] };
  return pageOf(AidCase, { filter, order: { dueOn: 1, submittedAt: 1 } }, filters);
}

/** How many cases a selection holds, and their proposed sum. */
export interface QueueTotals {
  count: number;
  sumFen: number;
}

/** The totals of the whole selection, not of the page. */
export async function queueTotals(ctx: Context, filters: CaseFilters): Promise<QueueTotals> {
  return totalsOf(ctx, [viewFilter(ctx, filters.view), conditions(filters)]);
}

/** The number of cases in each view, for the tabs. */
export async function queueCounts(ctx: Context, views: readonly View[]): Promise<Map<View, number>> {
  const counts = await Promise.all(views.map(async (view) => (await totalsOf(ctx, [viewFilter(ctx, view)])).count));
  return new Map(views.map((view, index) => [view, counts[index] ?? 0]));
}

/** How many cases wait for this person: for the navigation. */
export async function countMine(ctx: Context): Promise<number> {
  return (await totalsOf(ctx, [viewFilter(ctx, 'mine')])).count;
}

async function totalsOf(ctx: Context, parts: readonly Filter[]): Promise<QueueTotals> {
  const [total] = await AidCase.aggregate<QueueTotals>([
    { $match: { ledger: ctx.ledger, $and: [withinReach(ctx, 'household'), ...parts] } },
    { $group: { _id: null, count: { $sum: 1 }, sumFen: { $sum: '$amountFen' } } },
  ]);
  return { count: total?.count ?? 0, sumFen: total?.sumFen ?? 0 };
}

function viewFilter(ctx: Context, view: View): Filter {
  switch (view) {
    case 'mine':
      return mine(ctx);
    case 'waitingMoney':
      return { 'state.name': 'waiting' };
    case 'notice':
      return { 'state.name': 'posted' };
    case 'village':
      return { 'state.name': anyOf(['screened', 'surveyed', 'appraised']) };
    case 'returned':
      return { 'state.name': 'sentBack' };
    case 'approved':
      return { 'state.name': anyOf(['approved', 'scheduled']) };
    case 'all':
      return {};
  }
}

/** What a person's roles may do next, and has not done an earlier step of. */
function mine(ctx: Context): Filter {
  const me = operator({ $ne: ctx.actor.id });
  const today = shanghaiDay(ctx.clock.now());
  const wanted: Filter[] = [];
  if (may(ctx.actor, 'aid.approve')) wanted.push({ 'state.name': 'townshipReviewed', requester: me, reviewer: me, 'approvals.by': me });
  if (may(ctx.actor, 'aid.review')) wanted.push({ 'state.name': 'posted', requester: me, reviewFrom: operator({ $lte: today }) });
  if (may(ctx.actor, 'aid.assess')) wanted.push({ 'state.name': anyOf(['screened', 'surveyed', 'appraised', 'sentBack']) });
  return wanted.length > 0 ? { $or: wanted } : { _id: 'nobody' };
}

function conditions({ township, cause, least, q }: CaseFilters): Filter {
  return {
    ...(township && { village: startingWith(township) }),
    ...(cause && { cause }),
    ...(least && { amountFen: operator({ $gte: least }) }),
    ...(q && searched(q)),
  };
}

/** By the number of the case, or the head's name, its sound or first letters. */
function searched(q: string): Filter {
  const text = halfWidth(q).trim();
  const letters = text.toLowerCase().replace(/\s/g, '');
  return {
    $or: [
      { number: text.toUpperCase() },
      { headName: startingWith(text) },
      { 'headKeys.initials': startingWith(letters) },
      { 'headKeys.spelling': startingWith(letters) },
    ],
  };
}
