import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { anyOf, operator } from '../../platform/mongo/operators';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import type { PageRequest } from '../../platform/validation/types';
import type { Donor } from '../donor.model';
import { recordsOfSame } from '../donors';
import { Gift } from '../gift.model';
import { arrivedStates } from '../gift.states';
import { ofDonor, ownDonorOrThrow } from '../own-donor';
import { Pledge } from './pledge.model';
import { endedPledgeStates, openPledgeStates } from './pledge.states';
import { accountOfPledge, type PledgeAccount } from './pledge-account';
import type { PledgeFilters } from './pledges.inputs';

/** For staff: pledges belong to the county, the guard says who sees them. @throws `not-found` */
export async function findPledgeOrThrow(ctx: Pick<Context, 'ledger'>, id: string): Promise<Pledge> {
  return (await Pledge.findOne({ _id: id, ledger: ctx.ledger }).lean<Pledge>()) ?? fail('not-found');
}

/** A pledge of the organisation for which a member acts. @throws `not-found`, also for another's and one from before it registered. */
export async function findOwnPledgeOrThrow(
  ctx: Context,
  id: string,
  permission: 'gift.give' | 'gift.readOwn' = 'gift.readOwn',
): Promise<Pledge> {
  const donor = await ownDonorOrThrow(ctx, permission);
  return (await Pledge.findOne({ _id: id, ...ofDonor(ctx, donor, 'recordedAt') }).lean<Pledge>()) ?? fail('not-found');
}

/** The list for staff, what is due first at the top: so what is late comes first. */
export function findPledges(ctx: Context, { view, ...page }: PledgeFilters): Promise<Page<Pledge>> {
  const open = { 'state.name': anyOf([...openPledgeStates]) };
  const filters = {
    open,
    late: { ...open, nextDueOn: operator({ $lt: shanghaiDay(ctx.clock.now()) }) },
    done: { 'state.name': 'fulfilled' },
    ended: { 'state.name': anyOf([...endedPledgeStates]) },
  };
  return pageOf(Pledge, { filter: { ledger: ctx.ledger, ...filters[view] }, order: { nextDueOn: 1 } }, page);
}

/** How many pledges have an instalment that is late. */
export function countLatePledges(ctx: Context): Promise<number> {
  const nextDueOn = operator({ $lt: shanghaiDay(ctx.clock.now()) });
  return Pledge.countDocuments({ ledger: ctx.ledger, 'state.name': anyOf([...openPledgeStates]), nextDueOn }).exec();
}

/** What an organisation has promised since it registered. */
export async function findOwnPledges(ctx: Context, donor: Donor, page: PageRequest): Promise<Page<Pledge>> {
  return pageOf(Pledge, { filter: ofDonor(ctx, donor, 'recordedAt'), order: { nextDueOn: 1 } }, page);
}

/** The gifts that name a pledge, the oldest first: those that have come, and those that are awaited under their number. */
export function findGiftsOfPledge(ctx: Pick<Context, 'ledger'>, id: string): Promise<Gift[]> {
  return Gift.find({ ledger: ctx.ledger, 'pledge.id': id }).sort({ openedAt: 1, _id: 1 }).lean<Gift[]>().exec();
}

/** Those of them that whoever acts for the organisation may see: a gift from before it registered counts, and stays behind its link. */
export async function findOwnGiftsOfPledge(ctx: Context, id: string): Promise<Gift[]> {
  const donor = await ownDonorOrThrow(ctx);
  return Gift.find({ ...ofDonor(ctx, donor, 'openedAt'), 'pledge.id': id })
    .sort({ openedAt: 1, _id: 1 })
    .lean<Gift[]>()
    .exec();
}

/** How a pledge stands today, by the gifts that have come on it and are still with the charity, and by what was kept in kind. */
export function accountFrom(ctx: Context, pledge: Pledge, gifts: readonly Gift[]): PledgeAccount {
  const given = gifts
    .filter(({ state }) => arrivedStates.some((name) => name === state.name))
    .map(({ amountFen, returnedFen = 0, pledge: of }) => ({ fen: amountFen - returnedFen, rank: of?.rank }));
  return accountOfPledge(pledge.instalments, given, shanghaiDay(ctx.clock.now()), pledge.keptInKind);
}

const mostToAssign = 30;

/** Gifts of the same giver that have come and name no pledge. */
export async function findGiftsToAssign(ctx: Context, pledge: Pick<Pledge, 'donor'>): Promise<Gift[]> {
  const donor = anyOf(await recordsOfSame(ctx, pledge.donor));
  return Gift.find({ ledger: ctx.ledger, donor, 'state.name': anyOf([...arrivedStates]), pledge: operator({ $exists: false }) })
    .sort({ openedAt: -1, _id: -1 })
    .limit(mostToAssign)
    .lean<Gift[]>()
    .exec();
}
