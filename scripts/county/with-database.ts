import { systemClock } from '../../server/kernel/clock';
import { AppError } from '../../server/kernel/errors';
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
    console.error(error instanceof AppError ? describe(error) : error);
    process.exitCode = 1;
  });
}

/** Where an act refused, and what. */
function describe({ code, details, issues, stack }: AppError): string {
  return `${code} ${JSON.stringify(details)} ${JSON.stringify(issues)}\n${stack ?? ''}`;
}
