import type { AccountCode } from '../../server/ledger';
import { accounts, entries, heads, salts } from '../../server/ledger/collections';
import { amountOf, closeBenchBook, openBenchBook, openingBalance, pairOf } from './bench-book';
import { fund, ledgerName, purse } from './bench-chart';
import { entryDocument } from './entry-documents';

const perInsert = 1000;
const fundPaysEvery = 100;
const saltOfNoUse = 'AAAAAAAAAAAAAAAAAAAAAA==';

/** Who pays the n-th entry of the large book, who gets it, and how much: every hundredth comes out of the fund. */
export function largeBookEntry(n: number, purses: number): { from: AccountCode; to: AccountCode; amount: number } {
  const [from, to] = pairOf(n, purses);
  return { from: n % fundPaysEvery === 0 ? fund('county') : purse(String(from)), to: purse(String(to)), amount: amountOf(n) };
}

/** A book of so many entries, put straight into the collections as commits would have left them: posting them would take longer. */
export async function openLargeBook(size: number, purses: number): Promise<void> {
  await openBenchBook(purses);
  await closeBenchBook();
  const opened = await entries().countDocuments({ ledger: ledgerName });
  const balances = new Map<AccountCode, number>([[fund('county'), openingBalance * 1000]]);
  const move = (account: AccountCode, change: number) => {
    const balance = (balances.get(account) ?? openingBalance) + change;
    balances.set(account, balance);
    return balance;
  };
  for (let first = 0; first < size; first += perInsert) {
    const documents = Array.from({ length: Math.min(perInsert, size - first) }, (_, place) => {
      const { from, to, amount } = largeBookEntry(first + place, purses);
      const after: [number, number] = [move(from, -amount), move(to, amount)];
      return entryDocument(opened + first + place + 1, `large:${first + place}`, from, to, amount, after);
    });
    await entries().insertMany(documents, { ordered: false });
    const firstSeq = opened + first + 1;
    const ofOne = { _id: `${ledgerName}/large:${firstSeq}`, ledger: ledgerName, firstSeq, salts: documents.map(() => saltOfNoUse) };
    await salts().insertOne(ofOne);
  }
  const updates = [...balances].map(([code, balance]) => ({
    updateOne: { filter: { _id: `${ledgerName}/${code}`, ledger: ledgerName }, update: { $set: { balance } } },
  }));
  await accounts().bulkWrite(updates, { ordered: false });
  await heads().updateOne({ _id: ledgerName, ledger: ledgerName }, { $set: { seq: opened + size } });
}
