import type { Context } from '../kernel/context';
import type { AccountCode } from './chart';
import { type EntryDocument, entries } from './collections';
import { findAccounts } from './find-accounts';
import { type EntryView, viewOf } from './find-entries';
import { atOneMoment, type Moment } from './one-moment';

/** One step of what became of a lot: an entry took `amount` from `lot`, into another lot, or out of all pools to `to`. */
export interface LotUse {
  entry: EntryView;
  lot: AccountCode;
  amount: number;
  /** The lot it became part of; absent when it left for good. */
  into?: AccountCode;
}

/** A lot and all it became: uses in order, and what lies where now. */
export interface LotTrace {
  uses: readonly LotUse[];
  /** Balance of each lot that holds a part, by account code; the first is the lot itself. */
  held: ReadonlyMap<AccountCode, number>;
}

/**
 * Follows lots through every pool that they were drawn into, each by its own code: a part that was drawn belongs to one lot only, however
 * far it goes. Here with each step and its day, for statements of a period; `traceOrigins` knows faster how it stands now. A reversal shows
 * as its own entry with negative amounts, so the amounts of uses that left plus what is held add up to what came in, at one moment of the
 * book.
 */
export async function followLots(ctx: Context, lots: readonly AccountCode[]): Promise<Map<AccountCode, LotTrace>> {
  return atOneMoment(ctx, (moment) => followLotsAt(ctx, lots, moment));
}

async function followLotsAt(ctx: Context, lots: readonly AccountCode[], moment: Moment): Promise<Map<AccountCode, LotTrace>> {
  const rootOf = new Map(lots.map((lot) => [lot, lot]));
  const uses = new Map<AccountCode, LotUse[]>(lots.map((lot) => [lot, []]));
  let frontier = [...lots];
  while (frontier.length > 0) {
    const found = await entries()
      .find({ ledger: ctx.ledger, 'legs.account': { $in: frontier }, seq: { $lte: moment.seq } }, { sort: { seq: 1 } })
      .toArray();
    const byKey = new Map(found.map((entry) => [entry._id, entry]));
    const asked = new Set(frontier);
    const next: AccountCode[] = [];
    for (const use of found.flatMap((entry) => usesOf(entry, asked, byKey))) {
      const root = rootOf.get(use.lot) ?? use.lot;
      uses.get(root)?.push(use);
      if (!use.into || rootOf.has(use.into)) continue;
      rootOf.set(use.into, root);
      next.push(use.into);
    }
    frontier = next;
  }
  const balances = new Map((await findAccounts(ctx, [...rootOf.keys()], moment)).map((account) => [account.code, account.balance]));
  const held = new Map<AccountCode, Map<AccountCode, number>>(lots.map((lot) => [lot, new Map()]));
  for (const [code, root] of rootOf) held.get(root)?.set(code, balances.get(code) ?? 0);
  const traceOf = (lot: AccountCode): LotTrace => ({
    uses: (uses.get(lot) ?? []).sort((a, b) => a.entry.seq - b.entry.seq),
    held: held.get(lot) ?? new Map(),
  });
  return new Map(lots.map((lot) => [lot, traceOf(lot)]));
}

function usesOf(entry: EntryDocument, lots: ReadonlySet<AccountCode>, known: ReadonlyMap<string, EntryDocument>): LotUse[] {
  const reversed = entry.reverses ? known.get(`${entry.ledger}/${entry.reverses}`) : undefined;
  const drawn = (reversed ?? entry).drawn ?? [];
  const sign = reversed ? -1 : 1;
  return drawn
    .filter((one) => lots.has(one.lot))
    .map((one) => ({ entry: viewOf(entry), lot: one.lot, amount: sign * one.amount, ...(one.to ? { into: one.to } : {}) }));
}
