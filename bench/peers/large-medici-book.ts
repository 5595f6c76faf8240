import { Book } from 'medici';
import { connection, Types } from 'mongoose';
import type { AccountCode } from '../../server/ledger';
import { largeBookEntry } from '../ledger/large-book';
import { openMediciBook } from './medici-book';

const asItComes = new Book('Large');
const withoutSnapshots = new Book('Large', { balanceSnapshotSec: 0 });
const perInsert = 1000;
const sinceSnapshot = 0.01; // of all entries: what came in since the snapshot of the day was taken

/** The entries of the large book in medici's own form. The accounts that will be read get their daily snapshot near the end. */
export async function openLargeMediciBook(size: number, purses: number, read: readonly AccountCode[]): Promise<void> {
  await openMediciBook(0, 0);
  const snapshotAt = Math.floor(size * (1 - sinceSnapshot));
  await insert(0, snapshotAt, purses);
  for (const account of read) await asItComes.balance({ account });
  await insert(snapshotAt, size, purses);
}

async function insert(first: number, end: number, purses: number): Promise<void> {
  const transactions = connection.collection('medici_transactions');
  for (let at = first; at < end; at += perInsert) {
    const documents = Array.from({ length: Math.min(perInsert, end - at) }, (_, place) => linesOf(at + place, purses)).flat();
    await transactions.insertMany(documents, { ordered: false });
  }
}

/** As medici's `commit` writes them. */
function linesOf(n: number, purses: number) {
  const { from, to, amount } = largeBookEntry(n, purses);
  const at = new Date(Date.parse('2026-01-01T00:00:00Z') + n * 1000);
  const line = (account: AccountCode, credit: number, debit: number) => ({
    _journal: journal,
    account_path: account.split(':'),
    accounts: account,
    book: 'Large',
    credit,
    datetime: at,
    debit,
    memo: `large:${n}`,
    timestamp: at,
  });
  const journal = new Types.ObjectId();
  return [line(from, 0, amount), line(to, amount, 0)];
}

export async function mediciBalance(account: AccountCode, snapshots: boolean): Promise<number> {
  return (await (snapshots ? asItComes : withoutSnapshots).balance({ account })).balance;
}

export async function mediciLines(account: AccountCode, perPage: number): Promise<number> {
  return (await asItComes.ledger({ account, perPage, page: 1 })).results.length;
}
