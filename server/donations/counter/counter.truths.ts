import type { Context } from '../../kernel/context';
import { yearOf } from '../../kernel/local-date';
import type { Truth, Violation } from '../../kernel/truths';
import { findEntryByKey, findReversalOf } from '../../ledger';
import { CashSlip } from './cash-slip.model';
import { cash } from './counter.accounts';
import { findCounters } from './find-counters';

/** Slips follow one another without a gap in each counter and year, and each is an entry of its sum, taken back where it was voided. */
export const slipsTruth: Truth = {
  id: 'DO10',
  says: 'the slips of each counter and year follow one another without a gap, and each is cash of its sum, or was and is voided',
  check: async (ctx) => (await Promise.all((await findCounters(ctx)).map(({ _id, code }) => faultsOf(ctx, _id, code)))).flat(),
};

async function faultsOf(ctx: Context, counter: string, code: string): Promise<Violation[]> {
  const found: Violation[] = [];
  const expected = new Map<number, number>();
  for await (const slip of CashSlip.find({ ledger: ctx.ledger, counter }).sort({ number: 1 }).lean<CashSlip[]>().cursor()) {
    const year = yearOf(slip.day);
    const next = (expected.get(year) ?? 0) + 1;
    expected.set(year, next);
    if (slip.number !== `${code}-${year}-${String(next).padStart(6, '0')}`)
      found.push({ truth: 'DO10', what: `expected slip ${next}`, where: slip.number });
    const what = await faultOfEntry(ctx, slip);
    if (what) found.push({ truth: 'DO10', what, where: slip.number });
  }
  return found;
}

async function faultOfEntry(ctx: Context, slip: CashSlip): Promise<string | undefined> {
  const key = `gift:${slip.gift}:received`;
  const [entry, reversal] = await Promise.all([findEntryByKey(ctx, key), findReversalOf(ctx, key)]);
  const taken = entry?.legs.find(({ account }) => account === cash(slip.counter));
  if (taken?.amount !== slip.amountFen) return `slip says ${slip.amountFen}, entry ${taken?.amount}`;
  return Boolean(reversal) === (slip.state.name === 'voided') ? undefined : 'voided and taken back are not the same';
}
