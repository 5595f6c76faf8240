import { performance } from 'node:perf_hooks';
import type { Redis } from '../platform/redis/connection';

/**
 * Lets the processes of one ledger commit in turn, by a token in a Redis list. A mere hint: the head document is what keeps commits
 * apart, so a lost or doubled token, or no Redis at all, costs time and nothing else.
 */
export interface Turns {
  take(): Promise<void>;
  give(): Promise<void>;
  close(): Promise<void>;
}

const waitSeconds = 0.5;
const frozenAfterMs = 1500; // a Redis that does not answer must not stop the ledger …
const restMs = 10_000; // … nor slow down each commit: it is left alone for a while
const giveScript = "if redis.call('LLEN', KEYS[1]) == 0 then redis.call('RPUSH', KEYS[1], ARGV[1]) end";

/** Turns by `BLPOP` on a connection of their own, since a blocked connection serves nobody else. */
export function turnsByRedis(redis: Redis, ledger: string): Turns {
  const key = `ledger-turn:{${ledger}}`;
  const blocking = redis.duplicate({
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    lazyConnect: true,
    commandTimeout: frozenAfterMs,
  });
  blocking.on('error', ignoreOutage);
  let restsUntil = 0;
  const ask = async (question: () => Promise<unknown>) => {
    if (blocking.status !== 'ready' || performance.now() < restsUntil) return;
    await question().catch(() => {
      restsUntil = performance.now() + restMs;
    });
  };
  const give = () => ask(() => blocking.eval(giveScript, 1, key, 'turn'));
  const connected = blocking.connect().then(give, ignoreOutage); // not waited for: the first commits go without a turn
  return {
    give,
    take: () => ask(() => blocking.blpop(key, waitSeconds)),
    async close() {
      blocking.disconnect();
      await connected;
    },
  };
}

/** Without Redis nobody waits for a turn; the committer's jitter alone keeps processes apart. */
export const noTurns: Turns = { take: async () => {}, give: async () => {}, close: async () => {} };

/** An outage of Redis is reported by the platform's own connection; here it only means that no turn is waited for. */
function ignoreOutage(): void {}
