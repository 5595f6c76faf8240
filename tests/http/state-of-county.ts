import mongoose from 'mongoose';

/** A moment of the database: what is written later is seen by {@link changedSince}. */
export type StateOfCounty = mongoose.mongo.Timestamp;

interface Logged {
  ns: string;
  op: string;
  o: { applyOps?: Logged[] };
}

// Processes sign in, an empty commit bumps the head, and the database itself forgets answers that were kept for a day.
const machinery = new Set(['writers', 'heads', 'apiRequests']);

/** The last write in the log of the replica set, of whatever database. */
export async function stateOfCounty(): Promise<StateOfCounty> {
  const last = await log().find().sort({ $natural: -1 }).limit(1).next();
  return last?.['ts'];
}

/** The collections of this database that were written since, even if they hold the same again. */
export async function changedSince(before: StateOfCounty): Promise<string[]> {
  const written = (await log()
    .find({ ts: { $gt: before } })
    .toArray()) as unknown as Logged[];
  const [ours, names] = [`${mongoose.connection.name}.`, new Set<string>()];
  for (const { ns, op } of written.flatMap((one) => one.o.applyOps ?? [one])) {
    if ('iud'.includes(op) && ns.startsWith(ours)) names.add(ns.slice(ours.length));
  }
  return [...names].filter((name) => !machinery.has(name)).sort();
}

function log() {
  return mongoose.connection.useDb('local', { useCache: true }).collection('oplog.rs');
}
