import { connection, type mongo } from 'mongoose';

interface NaiveAccount {
  _id: string;
  balance: number;
}

const entries = () => connection.collection<{ _id: string; from: string; to: string; amount: number; at: Date }>('naive_entries');
const accounts = () => connection.collection<NaiveAccount>('naive_accounts');

/** What most would write: accounts with a balance, and a list of entries. `funds` are the accounts that start with money. */
export async function openNaiveBook(funds: Readonly<Record<string, number>>, others: readonly string[]): Promise<void> {
  await connection.createCollection('naive_entries');
  await connection.createCollection('naive_accounts');
  await entries().createIndex({ from: 1, at: -1 });
  await entries().createIndex({ to: 1, at: -1 });
  await accounts().insertMany([
    ...Object.entries(funds).map(([_id, balance]) => ({ _id, balance })),
    ...others.map((_id) => ({ _id, balance: 0 })),
  ]);
}

/** One transaction per request: the entry under its key, `$inc` with the floor in the filter, `$inc`. */
export async function naiveTransfer(key: string, from: string, to: string, amount: number): Promise<void> {
  await connection.transaction(async (session) => {
    await entries().insertOne({ _id: key, from, to, amount, at: new Date() }, { session });
    const paid = await accounts().updateOne({ _id: from, balance: { $gte: amount } }, { $inc: { balance: -amount } }, { session });
    if (paid.matchedCount !== 1) throw new Error('Not enough balance.');
    await accounts().updateOne({ _id: to }, { $inc: { balance: amount } }, { session });
  });
}

/** A gift: its entry, a lot of its own and the total of the pool in one transaction. */
export async function naiveGift(key: string, pool: string, amount: number): Promise<void> {
  await connection.transaction(async (session) => {
    await entries().insertOne({ _id: key, from: 'world', to: pool, amount, at: new Date() }, { session });
    await accounts().insertOne({ _id: `${pool}:${key}`, balance: amount }, { session });
    await accounts().updateOne({ _id: pool }, { $inc: { balance: amount } }, { session });
  });
}

/** Throws unless the accounts moved by what the entries say and every answered transfer is there. */
export async function checkNaiveBook(answered: number, opened: number): Promise<void> {
  const sum = async (collection: mongo.Collection<never>, field: string, match: object = {}) =>
    (
      await collection
        .aggregate<{ sum: number; count: number }>([{ $match: match }, { $group: { _id: null, sum: { $sum: field }, count: { $sum: 1 } } }])
        .toArray()
    )[0] ?? { sum: 0, count: 0 };
  const stored = await sum(entries() as never, '$amount');
  const given = await sum(entries() as never, '$amount', { from: 'world' });
  const lots = await sum(accounts() as never, '$balance', { _id: /:/ });
  const held = await sum(accounts() as never, '$balance', { _id: /^[^:]*$/ });
  if (stored.count !== answered) throw new Error(`${answered} answered, ${stored.count} stored`);
  if (held.sum !== opened + given.sum || lots.sum !== given.sum) throw new Error('the naive book does not balance');
}
