import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import mongoose from 'mongoose';
import { seededRandom } from '../../server/kernel/random';
import { enactSamples, type SampleSetting } from '../../server/settings';
import { type SettingDefinition, settingDefinitions } from '../../server/settings/setting-definition';
import { collectionNames, copyCollections, onceInRun } from './once-in-run';
import { runsDatabase } from './test-database';

/**
 * {@link enactSamples} for an empty county: two people enact the numbers once in a run, one after the other, which takes a second or two;
 * the files that ask for the same begin with a copy of what these acts wrote.
 */
export async function enactSamplesOnce(setting: SampleSetting): Promise<void> {
  const { proposer, confirmer, scope, sourceDoc, definitions = everyNumber() } = setting;
  const numbers = definitions.map(({ name, sample, sampleHistory }) => [name, sample, sampleHistory]);
  const asked = JSON.stringify([proposer.ledger, proposer.actor, confirmer.actor, proposer.clock.now(), scope, sourceDoc, numbers]);
  const key = createHash('sha256').update(asked).digest('hex').slice(0, 12);
  const random = seededRandom(key); // what the file draws from its own is the same, whether it enacts or copies
  const [ours, kept] = [mongoose.connection, mongoose.connection.useDb(runsDatabase(`enacted-${key}`))];

  const areWe = await onceInRun(kept, async () => {
    const before = await idsByCollection();
    await enactSamples({ ...setting, definitions, proposer: { ...proposer, random }, confirmer: { ...confirmer, random } });
    await copyCollections(ours, kept, await collectionNames(ours), (name) => ({ _id: { $nin: before.get(name) ?? [] } }));
  });
  if (!areWe) await copyCollections(kept, ours, await collectionNames(kept));
}

/** All numbers of policy of all rooms, whichever of them a file has loaded, so that the files can share them. */
export function everyNumber(): readonly SettingDefinition<unknown>[] {
  const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.settings.ts'));
  for (const file of files) require(resolve('server', file));
  return settingDefinitions();
}

async function idsByCollection(): Promise<Map<string, mongoose.mongo.ObjectId[]>> {
  const names = await collectionNames(mongoose.connection);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, (await mongoose.connection.collection(name).distinct('_id')) as mongoose.mongo.ObjectId[]] as const),
    ),
  );
}
