import { type Clock, systemClock } from '../../kernel/clock';
import { type Random, systemRandom } from '../../kernel/random';
import { type Config, ConfigError, loadConfig } from '../config/config';
import { installKeys } from '../crypto/keys';
import { createLogger, type Logger } from '../logging/logger';
import { connectMongo, disconnectMongo } from '../mongo/connection';
import { ensureIndexes } from '../mongo/indexes';
import { within } from './within';

/** What every process of the county begins with. */
export interface Boot {
  config: Config;
  logger: Logger;
  clock: Clock;
  random: Random;
}

export interface Running {
  /** What the line `ready` of the log says beside the message. */
  facts: Record<string, string | number>;
  /** Ends what was started; called once, with the milliseconds it may take. */
  stop: (deadlineMs: number) => Promise<void>;
}

const deadlineMs = 25_000; // below the 30 s that Docker and Kubernetes wait before they kill
const graceMs = 3_000;

/**
 * Runs a process from its settings to its end: refuses a bad setting in words, connects the database, builds indexes, starts, and
 * on SIGTERM or SIGINT stops in order. A fault that nobody caught ends it, so that it is started afresh by what watches it.
 */
export async function runProcess(name: string, start: (boot: Boot) => Promise<Running>): Promise<void> {
  const config = configOrExit();
  const logger = createLogger({ level: config.logLevel, process: name });
  process.on('unhandledRejection', (error) => die(logger, error));
  process.on('uncaughtException', (error) => die(logger, error));
  try {
    installKeys(config);
    await connectMongo(config.mongodbUri, systemClock);
    await ensureIndexes();
    const { facts, stop } = await start({ config, logger, clock: systemClock, random: systemRandom });
    stopOnSignal(logger, stop);
    logger.info(facts, 'ready');
  } catch (error) {
    die(logger, error);
  }
}

function configOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** Under the demo, which holds the other end of our input: when it dies in whatever way, we stop as if asked to. */
function endsWithParent(stopNow: () => void): void {
  if (process.env['ENDS_WITH_PARENT'] !== 'true') return;
  process.stdin.resume().once('end', stopNow).once('error', stopNow);
}

function stopOnSignal(logger: Logger, stop: Running['stop']): void {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, 'stopping');
    within(deadlineMs + graceMs, stop(deadlineMs).then(disconnectMongo)).then(
      (inTime) => process.exit(inTime ? 0 : 1),
      (error) => die(logger, error),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  endsWithParent(() => onSignal('SIGTERM'));
}

function die(logger: Logger, error: unknown): never {
  logger.fatal({ err: error }, 'the process ends');
  process.exit(1);
}
