import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import mongoose from 'mongoose';

const { EJSON } = mongoose.mongo.BSON;
const signsOfLife = 'writers'; // of the processes that run now: no data, and the next beat of one would stand in a restore's way
const rowsAtOnce = 500;

/** What a backup holds: read again before anything is restored from it. */
interface Manifest {
  format: 'warm-heart/backup/v1';
  takenAt: string;
  collections: Record<string, { rows: number; sha256: string }>;
}

/**
 * Writes every collection as it stood at one moment (a snapshot session), as gzipped lines of extended JSON. The folder appears under
 * its name only when it is whole. Personal data stays encrypted: keep DATA_KEYS and HASH_KEY elsewhere, without them it is lost.
 */
export async function backUp(folder: string, takenAt: Date): Promise<Manifest> {
  const database = databaseOrThrow();
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const manifest: Manifest = { format: 'warm-heart/backup/v1', takenAt: takenAt.toISOString(), collections: {} };
  const session = mongoose.connection.getClient().startSession({ snapshot: true });
  try {
    for (const name of await collectionNames(database)) {
      manifest.collections[name] = await writeCollection(database.collection(name), join(part, fileOf(name)), session);
    }
  } finally {
    await session.endSession();
  }
  writeFileSync(join(part, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  renameSync(part, folder);
  return manifest;
}

/** Puts a backup into an empty database. Throws before the first row when the database is not empty or the backup is not whole. */
export async function restore(folder: string): Promise<Manifest> {
  const database = databaseOrThrow();
  const present = await collectionNames(database);
  for (const name of present) {
    if ((await database.collection(name).estimatedDocumentCount()) > 0) throw new Error(`the database is not empty: it has ${name}`);
  }
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  for (const [name, expected] of Object.entries(manifest.collections)) await assertWhole(folder, name, expected);
  for (const name of Object.keys(manifest.collections)) await readCollection(database.collection(name), join(folder, fileOf(name)));
  return manifest;
}

async function writeCollection(collection: mongoose.mongo.Collection, file: string, session: mongoose.mongo.ClientSession) {
  const hash = createHash('sha256');
  let rows = 0;
  async function* lines() {
    for await (const row of collection.find({}, { session, sort: { _id: 1 } })) {
      const line = `${EJSON.stringify(row, { relaxed: false })}\n`;
      hash.update(line);
      rows += 1;
      yield line;
    }
  }
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file));
  return { rows, sha256: hash.digest('hex') };
}

async function assertWhole(folder: string, name: string, expected: { rows: number; sha256: string }): Promise<void> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const line of linesOf(join(folder, fileOf(name)))) {
    hash.update(`${line}\n`);
    rows += 1;
  }
  if (rows !== expected.rows || hash.digest('hex') !== expected.sha256) throw new Error(`the backup of ${name} is damaged`);
}

async function readCollection(collection: mongoose.mongo.Collection, file: string): Promise<void> {
  let batch: mongoose.mongo.Document[] = [];
  for await (const line of linesOf(file)) {
    batch.push(EJSON.parse(line, { relaxed: false }) as mongoose.mongo.Document);
    if (batch.length < rowsAtOnce) continue;
    await collection.insertMany(batch);
    batch = [];
  }
  if (batch.length > 0) await collection.insertMany(batch);
}

function linesOf(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Number.POSITIVE_INFINITY });
}

async function collectionNames(database: mongoose.mongo.Db): Promise<string[]> {
  const found = await database.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  return found
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.') && name !== signsOfLife)
    .sort();
}

function fileOf(collection: string): string {
  return `${collection}.jsonl.gz`;
}

function databaseOrThrow(): mongoose.mongo.Db {
  if (!mongoose.connection.db) throw new Error('not connected to MongoDB');
  return mongoose.connection.db;
}
