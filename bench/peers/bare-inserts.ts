import { connection } from 'mongoose';
import { prepareCollections } from '../../server/ledger/collections';
import { amountOf, openingBalance, pairOf } from '../ledger/bench-book';
import { purse } from '../ledger/bench-chart';
import { entryDocument } from '../ledger/entry-documents';
import { type Rate, rateOf } from '../method/in-flight';

const perInsert = 500;
const name = 'bare_entries';

/** A collection with the indexes of the ledger's entries, and nothing that keeps them right: the bound. */
export async function openBareEntries(): Promise<void> {
  await prepareCollections();
  await connection.createCollection(name);
  const indexes = await connection.collection('entries').indexes();
  for (const { key, v: _, ...options } of indexes) if (!('_id' in key)) await connection.collection(name).createIndex(key, options);
}

/** Inserts entries 500 at a time, durable like ours; documents are made before the clock starts. `first` is the number of the first. */
export async function bareInserts(first: number, count: number, purses: number): Promise<Rate> {
  const documents = Array.from({ length: count }, (_, place) => {
    const n = first + place;
    const [from, to] = pairOf(n, purses);
    return entryDocument(n + 1, `b1:${n}`, purse(String(from)), purse(String(to)), amountOf(n), [openingBalance, openingBalance]);
  });
  const entries = connection.collection<(typeof documents)[number]>(name);
  const startedAt = performance.now();
  for (let at = 0; at < count; at += perInsert) {
    await entries.insertMany(documents.slice(at, at + perInsert), { writeConcern: { w: 'majority', j: true } });
  }
  return rateOf(count, (performance.now() - startedAt) / 1000);
}
