import type { Context } from '../kernel/context';
import type { AccountCode } from './chart';
import { type EntryDocument, entries } from './collections';
import { findAccounts } from './find-accounts';
import { type EntryView, viewOf } from './find-entries';

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
 * Follows a lot through every pool it was drawn into: how a gift's money went to reserved cases and from there to families. A reversal
 * shows as its own entry with negative amounts, so the amounts of uses that left plus what is held add up to what came in.
 */
export async function followLot(ctx: Context, lot: AccountCode): Promise<LotTrace> {
  const reached = new Set<AccountCode>([lot]);
  const uses: LotUse[] = [];
  let frontier = [lot];
  while (frontier.length > 0) {
    const found = await entries()
      .find({ ledger: ctx.ledger, 'legs.account': { $in: frontier } }, { sort: { seq: 1 } })
      .toArray();
    const byKey = new Map(found.map((entry) => [entry._id, entry]));
    const next: AccountCode[] = [];
    for (const entry of found) {
      for (const use of usesOf(entry, new Set(frontier), byKey)) {
        uses.push(use);
        if (use.into && !reached.has(use.into)) next.push(use.into);
        if (use.into) reached.add(use.into);
      }
    }
    frontier = next;
  }
  const balances = new Map((await findAccounts(ctx, [...reached])).map((account) => [account.code, account.balance]));
  const held = new Map([...reached].map((code) => [code, balances.get(code) ?? 0]));
  return { uses: uses.sort((a, b) => a.entry.seq - b.entry.seq), held };
}

function usesOf(entry: EntryDocument, lots: ReadonlySet<AccountCode>, known: ReadonlyMap<string, EntryDocument>): LotUse[] {
  const reversed = entry.reverses ? known.get(`${entry.ledger}/${entry.reverses}`) : undefined;
  const drawn = (reversed ?? entry).drawn ?? [];
  const sign = reversed ? -1 : 1;
  return drawn
    .filter((one) => lots.has(one.lot))
    .map((one) => ({ entry: viewOf(entry), lot: one.lot, amount: sign * one.amount, ...(one.to ? { into: one.to } : {}) }));
}
