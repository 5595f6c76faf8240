import type { Context } from '../../kernel/context';
import type { Truth, Violation } from '../../kernel/truths';
import { findEntryByKey, findReversalOf } from '../../ledger';
import { anyOf } from '../../platform/mongo/operators';
import { findGiftById } from '../find-gifts';
import { bookedKey } from './confirm-roster';
import { Roster, RosterLine } from './roster.model';

/** A booked roster is one entry of its gift's sum, its rows add up to it, and it was taken back exactly if it is called so. */
export const rostersTruth: Truth = {
  id: 'D7',
  says: 'the rows of each booked roster add up to what its gift brought, and one taken back is reversed',
  check: async (ctx) => {
    const found: Violation[] = [];
    const states = anyOf(['booked', 'undoAsked', 'undoing', 'undone'] as const);
    for await (const roster of Roster.find({ ledger: ctx.ledger, 'state.name': states }).lean<Roster[]>().cursor()) {
      const what = await faultOf(ctx, roster);
      if (what) found.push({ truth: 'D7', what, where: roster.number });
    }
    return found;
  },
};

async function faultOf(ctx: Context, { _id, gift, state, parts }: Roster): Promise<string | undefined> {
  const { amountFen } = await findGiftById(ctx, gift);
  const [rows] = await RosterLine.aggregate<{ sumFen: number }>([
    { $match: { ledger: ctx.ledger, roster: _id } },
    { $group: { _id: null, sumFen: { $sum: '$amountFen' } } },
  ]);
  const entry = await findEntryByKey(ctx, bookedKey(_id));
  const bookedFen = (entry?.drawn ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const partsFen = parts.reduce((sum, part) => sum + part.sumFen, 0);
  if (rows?.sumFen !== amountFen || bookedFen !== amountFen || partsFen !== amountFen)
    return `gift ${amountFen}, rows ${rows?.sumFen}, entry ${bookedFen}, parts ${partsFen}`;
  const reversal = entry && (await findReversalOf(ctx, entry.key));
  const isBack = state.name === 'undoing' || state.name === 'undone';
  return isBack === (reversal !== undefined) ? undefined : `called ${state.name}, reversal ${reversal?.seq ?? 'none'}`;
}
