import { systemClock } from '../../server/kernel/clock';
import { type Config, loadConfig } from '../../server/platform/config/config';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';

/** Runs an operator's command against the database of these settings, prints what went wrong, and sets the exit code. */
export function withDatabase(run: (config: Config) => Promise<void>): void {
  const work = async () => {
    const config = loadConfig(process.env);
    await connectMongo(config.mongodbUri, systemClock);
    try {
      await run(config);
    } finally {
      await disconnectMongo();
    }
  };
  work().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
