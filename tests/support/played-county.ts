import mongoose from 'mongoose';
import { Stage } from '../../scripts/sample-county/stage';
import { systemClock } from '../../server/kernel/clock';
import { addDays, shanghaiDay } from '../../server/kernel/local-date';
import { systemRandom } from '../../server/kernel/random';
import type { Grant } from '../../server/kernel/roles';
import { closeLedger, openLedger } from '../../server/ledger';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { collectionNames, copyCollections, onceInRun } from './once-in-run';
import { playSmallCounty, type SmallCounty } from './small-county';
import { runsDatabase, testMongoUri, useTestDatabase } from './test-database';

const memory = 'test.played'; // no room's collection

/** Who was entered on the stage, and what the play answered: what a test file needs to go on where the play ended. */
interface Played {
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
  await onceInRun(mongoose.connection, async () => {
    await ensureIndexes();
    const stage = new NotedStage(ledger, now, addDays(shanghaiDay(now), -365));
    await openLedger({ ledger, clock: stage.clock, random: systemRandom });
    const county = await playSmallCounty(stage);
    await closeLedger(ledger);
    await mongoose.connection.collection<Played>(memory).insertOne({ cast: stage.cast, county });
  });
  await disconnectMongo();
}

/** Fills this file's database, with the indexes of production. */
async function copyPlayed(now: Date): Promise<Played> {
  await ensureIndexes();
  const source = mongoose.connection.useDb(playedAt(now));
  const names = await collectionNames(source);
  await copyCollections(
    source,
    mongoose.connection,
    names.filter((name) => name !== memory),
  );
  return (await source.collection<Played>(memory).findOne({})) ?? fault('the county was not played');
}

function fault(message: string): never {
  throw new Error(message);
}
