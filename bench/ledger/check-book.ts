import { chartEntry, ledgerTruths } from '../../server/ledger';
import { accounts, entries } from '../../server/ledger/collections';
import { context, ledgerName } from './bench-chart';

/**
 * Whether the book is right after a run: the ledger's own truths (sums of zero, dense numbers, balances and pools as sums, floors), and a
 * replay in `seq` order that recomputes every stored balance. Throws what is wrong; returns what was looked at.
 */
export async function checkBook(): Promise<string> {
  for (const truth of ledgerTruths) {
    const [violation] = await truth.check(context);
    if (violation) throw new Error(`${truth.says}: ${violation.what} at ${violation.where}`);
  }
  const replayed = await replay();
  const known = await accounts().countDocuments({ ledger: ledgerName });
  return `${replayed.toLocaleString('en')} entries replayed, ${known.toLocaleString('en')} accounts, truths ${ledgerTruths.map(({ id }) => id).join(' ')}`;
}

async function replay(): Promise<number> {
  const balances = new Map<string, number>();
  let seq = 0;
  for await (const entry of entries().find({ ledger: ledgerName }, { sort: { seq: 1 }, batchSize: 2000 })) {
    seq += 1;
    if (entry.seq !== seq) throw new Error(`entry ${seq} is missing`);
    for (const { account, amount, balanceAfter } of entry.legs) {
      const growsByDebit = chartEntry(account).side === 'debit';
      const balance = (balances.get(account) ?? 0) + (growsByDebit ? amount : -amount);
      if (balance !== balanceAfter) throw new Error(`entry ${seq}: ${account} should hold ${balance}, says ${balanceAfter}`);
      balances.set(account, balance);
    }
  }
  return seq;
}
