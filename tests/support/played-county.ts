import { setTimeout } from 'node:timers/promises';
import mongoose from 'mongoose';
import { Stage } from '../../scripts/sample-county/stage';
import { systemClock } from '../../server/kernel/clock';
import { addDays, shanghaiDay } from '../../server/kernel/local-date';
import { systemRandom } from '../../server/kernel/random';
import type { Grant } from '../../server/kernel/roles';
import { closeLedger, openLedger } from '../../server/ledger';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { playSmallCounty, type SmallCounty } from './small-county';
import { runsDatabase, testMongoUri, useTestDatabase } from './test-database';

const memory = 'test.played'; // no room's collection

/** Who was entered on the stage, and what the play answered: what a test file needs to go on where the play ended. */
interface Played {
  _id: 'begun' | 'played';
  cast: { key: string; userId: string; grants: readonly Grant[]; secret: string | null }[];
  county: SmallCounty;
}

class NotedStage extends Stage {
  readonly cast: Played['cast'] = [];

  override enter(key: string, userId: string, grants: readonly Grant[], secret?: string): void {
    this.cast.push({ key, userId, grants, secret: secret ?? null });
    super.enter(key, userId, grants, secret);
  }
}

/**
 * Gives the test file a small county in an empty database, with its ledger open, and the stage on which to go on at `now`. The county is
 * played through the acts once in a run, by the first Jest worker that needs it, in a database beside; each file begins with a copy.
 */
export function usePlayedCounty(ledger: string, now: Date): { stage: Stage; county: () => SmallCounty } {
  const firstDay = addDays(shanghaiDay(now), -365);
  const stage = new Stage(ledger, now, firstDay, 'later');
  let county: SmallCounty;
  beforeAll(async () => {
    await playOnce(ledger, now);
  }, 180_000);
  afterAll(() => closeLedger(ledger)); // hooks of one kind run in the order they were made: close first, drop then
  useTestDatabase();
  beforeAll(async () => {
    const played = await copyPlayed(now);
    for (const { key, userId, grants, secret } of played.cast) stage.enter(key, userId, grants, secret ?? undefined);
    stage.clock.set(now);
    county = played.county;
    await openLedger({ ledger, clock: stage.clock, random: systemRandom });
  }, 180_000);
  return { stage, county: () => county };
}

const playedAt = (now: Date) => runsDatabase(`played-${now.getTime()}`);

async function playOnce(ledger: string, now: Date): Promise<void> {
  await connectMongo(testMongoUri(playedAt(now)), systemClock);
  const memories = mongoose.connection.collection<Played>(memory);
  if (await isFirst(memories)) {
    await ensureIndexes();
    const stage = new NotedStage(ledger, now, addDays(shanghaiDay(now), -365));
    await openLedger({ ledger, clock: stage.clock, random: systemRandom });
    const county = await playSmallCounty(stage);
    await closeLedger(ledger);
    await memories.insertOne({ _id: 'played', cast: stage.cast, county });
  }
  while (!(await memories.findOne({ _id: 'played' }, { projection: { _id: 1 } }))) await setTimeout(100); // another worker is playing
  await disconnectMongo();
}

async function isFirst(memories: mongoose.mongo.Collection<Played>): Promise<boolean> {
  const { upsertedCount } = await memories.updateOne({ _id: 'begun' }, { $setOnInsert: { cast: [] } }, { upsert: true });
  return upsertedCount === 1;
}

/** Fills this file's database, with the indexes of production. */
async function copyPlayed(now: Date): Promise<Played> {
  await ensureIndexes();
  const source = mongoose.connection.useDb(playedAt(now));
  const played = await source.collection<Played>(memory).findOne({ _id: 'played' });
  if (!played) throw new Error('the county was not played');
  const collections = await source.listCollections();
  await Promise.all(
    collections
      .filter(({ name }) => name !== memory)
      .map(async ({ name }) => {
        const documents = await source.collection(name).find({}, { promoteValues: false }).toArray(); // each number stays of its type
        if (documents.length > 0) await mongoose.connection.collection(name).insertMany(documents);
      }),
  );
  return played;
}
