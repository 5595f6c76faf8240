import { Book, initModels, mongoTransaction, syncIndexes } from 'medici';
import { connection } from 'mongoose';
import { runInFlight } from '../method/in-flight';

const book = new Book('Bench');
const bookWithoutSnapshots = new Book('Bench', { balanceSnapshotSec: 0 });
const endowedPerJournal = 200;
const collections = ['medici_transactions', 'medici_journals', 'medici_locks', 'medici_balances'];

/**
 * A medici book in the empty database of our connection, with its own indexes, in which each wallet holds `balance` and has its
 * snapshot of the day, as wallets in use have: without, whoever comes first to a wallet would be fast, and slow for the next.
 */
export async function openMediciBook(wallets: number, balance: number): Promise<void> {
  for (const name of collections) await connection.createCollection(name);
  await initModels();
  await syncIndexes();
  for (let first = 0; first < wallets; first += endowedPerJournal)
    await endow(first, Math.min(endowedPerJournal, wallets - first), balance);
  await runInFlight(16, wallets, (n) => book.balance({ account: `Accounts:${n}` }));
}

async function endow(first: number, count: number, balance: number): Promise<void> {
  const entry = book.entry('Opening').debit('Assets', balance * count);
  for (let n = first; n < first + count; n++) entry.credit(`Accounts:${n}`, balance);
  await entry.commit();
}

/**
 * Moves an amount between two wallets with the pattern that medici's README gives for "a balance that never goes negative": one
 * transaction with entry, balance and writelock of the wallet that pays. It has no idempotency key; the memo stands in its place.
 * With snapshots, as it comes, a balance starts at the wallet's snapshot of the day and reads whatever the whole book got since.
 */
export async function mediciTransfer(key: string, from: number, to: number, amount: number, snapshots: boolean): Promise<void> {
  const ledger = snapshots ? book : bookWithoutSnapshots;
  await mongoTransaction(async (session) => {
    await ledger.entry(key).credit(`Accounts:${to}`, amount).debit(`Accounts:${from}`, amount).commit({ session });
    const { balance } = await ledger.balance({ account: `Accounts:${from}` }, { session });
    if (balance < 0) throw new Error('Not enough balance in wallet.');
    await ledger.writelockAccounts([`Accounts:${from}`], { session });
  });
}

/** Throws when the book does not balance: the peer must have done the work it is credited with. */
export async function checkMediciBook(journals: number): Promise<void> {
  const transactions = connection.collection('medici_transactions');
  const [sum] = await transactions
    .aggregate<{ off: number; lines: number }>([
      { $group: { _id: null, off: { $sum: { $subtract: ['$credit', '$debit'] } }, lines: { $sum: 1 } } },
    ])
    .toArray();
  const stored = await connection.collection('medici_journals').countDocuments({ memo: { $ne: 'Opening' } });
  if (sum?.off !== 0) throw new Error(`the medici book is off by ${sum?.off}`);
  if (stored !== journals) throw new Error(`medici answered ${journals} transfers and stored ${stored}`);
}
