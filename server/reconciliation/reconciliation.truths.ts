import { mainBank, provider } from '../funds';
import type { Context } from '../kernel/context';
import type { Truth, Violation } from '../kernel/truths';
import { findEntryByKey, findLinesOfDays } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { DayClose, type ProviderFlow } from './close/day-close.model';
import { claimId, EntryClaim } from './queue/entry-claim.model';
import { StatementLine } from './statements/statement-line.model';

const most = 100_000;

/** A line that is called matched is entries of its sum, and each of them is claimed for this line. */
const linesAreTheirEntries: Truth = {
  id: 'R1',
  says: 'each matched line of the bank is entries of the charity’s account of its sum, and each entry is one line’s',
  check: async (ctx) => {
    const found: Violation[] = [];
    for await (const line of StatementLine.find({ ledger: ctx.ledger, 'state.name': 'matched' }).lean<StatementLine[]>().cursor()) {
      const what = await faultOf(ctx, line);
      if (what) found.push({ truth: 'R1', what, where: line.serial });
    }
    return found;
  },
};

async function faultOf(ctx: Context, { _id, match, amountFen }: StatementLine): Promise<string | undefined> {
  const keys = match?.entries ?? [];
  const entries = await Promise.all(keys.map((key) => findEntryByKey(ctx, key)));
  const moved = entries.flatMap((entry) => entry?.legs ?? []).filter(({ account }) => account === mainBank);
  const sum = moved.reduce((total, { amount }) => total + amount, 0);
  if (sum !== amountFen) return `the bank says ${amountFen}, its entries ${sum}`;
  const claims = await EntryClaim.find({ ledger: ctx.ledger, _id: anyOf(keys.map((key) => claimId(ctx, key))) }).lean<EntryClaim[]>();
  return claims.length === keys.length && claims.every(({ line }) => line === _id) ? undefined : 'an entry is claimed by another line';
}

/** What was signed is still what the book says of those days. */
const closedDaysStand: Truth = {
  id: 'R2',
  says: 'the entries of a closed day are those that were signed',
  check: async (ctx) => {
    const found: Violation[] = [];
    for await (const close of DayClose.find({ ledger: ctx.ledger, 'state.name': 'closed' }).lean<DayClose[]>().cursor()) {
      const days = { from: close.from, to: close.day };
      for (const [account, signed] of [
        [mainBank, close.bookBank],
        [provider('stripe'), close.bookProvider],
      ] as const) {
        const lines = await findLinesOfDays(ctx, account, days, most);
        const net = lines.reduce((total, { change }) => total + change, 0);
        if (lines.length !== signed.count || net !== netOf(signed)) {
          found.push({
            truth: 'R2',
            what: `${account}: signed ${signed.count} entries of ${netOf(signed)}, now ${lines.length} of ${net}`,
            where: close.day,
          });
        }
      }
    }
    return found;
  },
};

function netOf({ inFen, outFen, costFen = 0, paidOutFen = 0, toldLateFen = 0 }: ProviderFlow): number {
  return inFen - outFen - costFen - paidOutFen + toldLateFen;
}

export const reconciliationTruths: readonly Truth[] = [linesAreTheirEntries, closedDaysStand];
