import mongoose, { type ClientSession } from 'mongoose';
import { fail, invariant } from '../../kernel/errors';
import type { CountyDocument, DocumentGuard, DocumentWrite } from './document-writes';

/** Version of each guarded document, by collection and id. */
export type Versions = Map<string, number>;

const nameOf = (collection: string, id: string) => `${collection}/${id}`;
// The raw driver, since writes were checked against their schema when they were made and versions are kept here.
const collectionOf = (name: string) => mongoose.connection.collection<CountyDocument>(name);

/** Reads the guarded documents inside the transaction. @throws AppError `state.stale` for the first that is not as expected. */
export async function checkGuards(ledger: string, guards: readonly DocumentGuard[], session: ClientSession): Promise<Versions> {
  const versions: Versions = new Map();
  for (const guard of guards) {
    const found = await collectionOf(guard.in).findOne({ _id: guard.id, ledger }, { session, projection: { version: 1 } });
    if ((found?.version ?? 'absent') !== guard.is) fail('state.stale', { in: guard.in, id: guard.id });
    if (found) versions.set(nameOf(guard.in, guard.id), found.version);
  }
  return versions;
}

/** Applies writes in their order inside the transaction, insertions that follow each other together; each raises its document's version by one. */
export async function applyWrites(
  ledger: string,
  writes: readonly DocumentWrite[],
  versions: Versions,
  session: ClientSession,
): Promise<void> {
  const fresh: Insertion[] = [];
  for (const write of writes) {
    if ('insert' in write) {
      fresh.push(write);
      continue;
    }
    await insert(ledger, fresh.splice(0), versions, session);
    if ('update' in write) await update(ledger, write, versions, session);
    else await remove(ledger, write, versions, session);
  }
  await insert(ledger, fresh, versions, session);
}

type Insertion = Extract<DocumentWrite, { insert: string }>;

async function insert(ledger: string, writes: readonly Insertion[], versions: Versions, session: ClientSession): Promise<void> {
  const byCollection = new Map<string, CountyDocument[]>();
  for (const { insert: name, document } of writes) {
    invariant(document.ledger === ledger, 'transact.stays-in-its-county', { in: name });
    const there = byCollection.get(name);
    if (there) there.push(document);
    else byCollection.set(name, [document]);
    versions.set(nameOf(name, document._id), document.version);
  }
  for (const [name, documents] of byCollection) await collectionOf(name).insertMany(documents, { session });
}

async function update(ledger: string, write: Extract<DocumentWrite, { update: string }>, versions: Versions, session: ClientSession) {
  const version = guardedVersion(write.update, write.id, versions);
  const unset: Record<string, ''> = Object.fromEntries((write.unset ?? []).map((field) => [field, '']));
  const changes = { $set: { ...write.set, version: version + 1 }, ...(write.unset?.length && { $unset: unset }) };
  const result = await collectionOf(write.update).updateOne(
    { _id: write.id, ledger, version },
    changes as mongoose.mongo.UpdateFilter<CountyDocument>,
    { session },
  );
  invariant(result.matchedCount === 1, 'transact.guarded-document-is-there', { in: write.update, id: write.id });
  versions.set(nameOf(write.update, write.id), version + 1);
}

async function remove(ledger: string, write: Extract<DocumentWrite, { remove: string }>, versions: Versions, session: ClientSession) {
  const version = guardedVersion(write.remove, write.id, versions);
  const result = await collectionOf(write.remove).deleteOne({ _id: write.id, ledger, version }, { session });
  invariant(result.deletedCount === 1, 'transact.guarded-document-is-there', { in: write.remove, id: write.id });
  versions.delete(nameOf(write.remove, write.id));
}

function guardedVersion(collection: string, id: string, versions: Versions): number {
  const version = versions.get(nameOf(collection, id));
  invariant(version !== undefined, 'transact.change-is-guarded', { in: collection, id });
  return version;
}
