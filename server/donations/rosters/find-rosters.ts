import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { addDays, shanghaiDay } from '../../kernel/local-date';
import { findAccounts } from '../../ledger';
import { anyOf, operator } from '../../platform/mongo/operators';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import { organisationKinds } from '../donor-kinds';
import { Gift } from '../gift.model';
import { Roster, RosterLine, type RosterPart } from './roster.model';
import { endedStates } from './roster.states';
import type { RosterFilters, RosterLineFilters } from './rosters.inputs';

/** Rosters belong to the county: the guard of the route says who sees them. */
export async function findRoster(ctx: Pick<Context, 'ledger'>, id: string): Promise<Roster | undefined> {
  return (await Roster.findOne({ _id: id, ledger: ctx.ledger }).lean<Roster>()) ?? undefined;
}

export async function findRosterOrThrow(ctx: Pick<Context, 'ledger'>, id: string): Promise<Roster> {
  return (await findRoster(ctx, id)) ?? fail('not-found');
}

export async function findRosterByNumber(ctx: Pick<Context, 'ledger'>, number: string): Promise<Roster | undefined> {
  return (await Roster.findOne({ ledger: ctx.ledger, number }).lean<Roster>()) ?? undefined;
}

/** Rosters, the newest first. */
export async function findRosters(ctx: Context, { gift: _, ...page }: RosterFilters): Promise<Page<Roster>> {
  return pageOf(Roster, { filter: { ledger: ctx.ledger }, order: { uploadedAt: -1 } }, page);
}

/** The rows that the job has written, in the order of the file. */
export async function findRosterLines(ctx: Context, roster: string, { purpose, ...page }: RosterLineFilters): Promise<Page<RosterLine>> {
  return pageOf(RosterLine, { filter: { ledger: ctx.ledger, roster, ...(purpose && { purpose }) }, order: { row: 1 } }, page);
}

/** How many members gave a gift together; undefined while no roster of theirs is confirmed. */
export async function membersOf(ctx: Pick<Context, 'ledger'>, { roster }: Pick<Gift, 'roster'>): Promise<number | undefined> {
  const found = roster === undefined ? undefined : await findRoster(ctx, roster);
  return found?.confirmedBy === undefined ? undefined : found.lines;
}

/** How often this gift's rosters have come to nothing: the next one is another one, also from the same file. */
export async function countEnded(ctx: Context, gift: string): Promise<number> {
  return Roster.countDocuments({ ledger: ctx.ledger, gift, 'state.name': anyOf(endedStates) });
}

/** What waits for this person: rosters that another has handed in or wants to take back. */
export async function countRostersToDecide(ctx: Context): Promise<number> {
  const others = operator({ $ne: ctx.actor.id });
  const [asked, undoing] = await Promise.all([
    Roster.countDocuments({ ledger: ctx.ledger, 'state.name': 'asked', askedBy: others, uploadedBy: others }),
    Roster.countDocuments({ ledger: ctx.ledger, 'state.name': 'undoAsked', 'undo.by': others }),
  ]);
  return asked + undoing;
}

const offeredDays = 400;
const offeredMost = 100;

/** Transfers of organisations that have arrived and have no roster, the newest first. */
export async function giftsWithoutRoster(ctx: Context): Promise<Pick<Gift, '_id' | 'number' | 'payerName' | 'amountFen' | 'received'>[]> {
  const since = addDays(shanghaiDay(ctx.clock.now()), -offeredDays);
  return Gift.find(
    {
      ledger: ctx.ledger,
      'received.on': operator({ $gte: since }),
      'received.into': 'bankTransfer',
      'state.name': anyOf(['received', 'receipted']),
      donorKind: anyOf(organisationKinds),
      roster: operator({ $exists: false }),
    },
    { number: 1, payerName: 1, amountFen: 1, received: 1 },
  )
    .sort({ 'received.on': -1, _id: -1 })
    .limit(offeredMost)
    .lean();
}

/** A purpose whose money was used or promised since: how much of the rows' sum is no longer there. */
export interface UsedPart extends RosterPart {
  usedFen: number;
}

/** What stands against taking a booked roster back. For the eye: the commit decides on the same balances. */
export async function usedParts(ctx: Context, { parts }: Pick<Roster, 'parts'>): Promise<UsedPart[]> {
  const balances = new Map(
    (
      await findAccounts(
        ctx,
        parts.flatMap(({ lot }) => lot ?? []),
      )
    ).map(({ code, balance }) => [code, balance]),
  );
  return parts
    .map((part) => ({ ...part, usedFen: part.lot === undefined ? 0 : Math.max(0, part.sumFen - (balances.get(part.lot) ?? 0)) }))
    .filter(({ usedFen }) => usedFen > 0);
}
