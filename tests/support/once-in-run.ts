import { setTimeout } from 'node:timers/promises';
import type { Connection, mongo } from 'mongoose';

interface Step {
  _id: 'begun' | 'done';
}

/** The collection of a kept database that says how far it is: no room's. */
export const progress = 'test.progress';

/**
 * Fills a database that the workers of a run share: the first that comes does it, the others wait until it is whole. Whether it was we.
 */
export async function onceInRun(database: Connection, fill: () => Promise<void>): Promise<boolean> {
  const steps = database.collection<Step>(progress);
  const { upsertedCount } = await steps.updateOne({ _id: 'begun' }, { $setOnInsert: {} }, { upsert: true });
  if (upsertedCount === 1) {
    await fill();
    await steps.insertOne({ _id: 'done' });
  }
  while (!(await steps.findOne({ _id: 'done' }))) await setTimeout(50);
  return upsertedCount === 1;
}

/** Copies the documents of these collections, each number staying of its type. */
export async function copyCollections(
  from: Connection,
  to: Connection,
  names: readonly string[],
  which: (name: string) => mongo.Filter<mongo.Document> = () => ({}),
): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const documents = await from.collection(name).find(which(name), { promoteValues: false }).toArray();
      if (documents.length > 0) await to.collection(name).insertMany(documents);
    }),
  );
}

export async function collectionNames(database: Connection): Promise<string[]> {
  return (await database.listCollections()).map(({ name }) => name).filter((name) => name !== progress);
}
