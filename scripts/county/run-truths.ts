import { systemClock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import type { Violation } from '../../server/kernel/truths';
import { loadConfig } from '../../server/platform/config/config';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';
import { truths } from '../../server/truths';

/** Checks every room's invariants over the database of these settings. */
export async function runTruths(env: NodeJS.ProcessEnv): Promise<Violation[]> {
  const config = loadConfig(env);
  await connectMongo(config.mongodbUri, systemClock);
  const ctx = {
    ledger: config.ledger,
    actor: { id: 'system:truths', kind: 'system' as const, grants: [] },
    clock: systemClock,
    random: systemRandom,
    locale: 'zh-CN' as const,
  };
  try {
    const found: Violation[] = [];
    for (const truth of truths) found.push(...(await truth.check(ctx)));
    return found;
  } finally {
    await disconnectMongo();
  }
}
