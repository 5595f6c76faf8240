import { systemClock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import { startEmbedded } from '../../server/platform/embedded/start-embedded';
import { type RunningPracticeProvider, startPracticeProvider } from '../../server/platform/practice-provider/start-practice-provider';
import { subscribedEvents } from '../../server/platform/stripe/webhook-events';

export type Say = (line: string) => void;

/** Everything around the program that a developer or visitor has no server for. */
export interface CountyServers {
  /** Environment of the processes: the database, Redis and the payment provider. */
  env: Record<string, string>;
  describe: readonly string[];
  stop(): Promise<void>;
}

const practiceKey = 'sk_test_practice';
const practiceSecret = 'whsec_practice';

/** Starts database, Redis and the practice provider, each unless the environment names one of its own. */
export async function startServers(options: { dataDir: string; webUrl: string; env: NodeJS.ProcessEnv; say: Say }): Promise<CountyServers> {
  const { dataDir, webUrl, env, say } = options;
  const embedded = await startEmbedded({ dataDir, say, mongoUri: env['MONGODB_URI'], redisUrl: env['REDIS_URL'] });
  try {
    const practice = env['STRIPE_SECRET_KEY'] ? undefined : await startPractice(dataDir, webUrl, env);
    return {
      env: {
        MONGODB_URI: env['MONGODB_URI'] ?? withDatabase(embedded.mongoUri),
        REDIS_URL: embedded.redisUrl,
        ...(practice && { STRIPE_SECRET_KEY: practiceKey, STRIPE_API_BASE: practice.url, STRIPE_WEBHOOK_SECRETS: practiceSecret }),
      },
      describe: [...embedded.describe, ...(practice ? [`practice payment provider at ${practice.url}`] : [])],
      async stop() {
        await practice?.stop();
        await embedded.stop();
      },
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

function startPractice(dataDir: string, webUrl: string, env: NodeJS.ProcessEnv): Promise<RunningPracticeProvider> {
  return startPracticeProvider({
    port: Number(env['PRACTICE_PORT'] ?? 0),
    clock: systemClock,
    random: systemRandom,
    secretKey: practiceKey,
    webhook: { url: `${webUrl}/webhooks/stripe`, secret: practiceSecret, events: subscribedEvents },
    dataFolder: `${dataDir}/practice`,
  });
}

function withDatabase(uri: string): string {
  const url = new URL(uri);
  url.pathname = '/warm-heart';
  return url.href;
}
