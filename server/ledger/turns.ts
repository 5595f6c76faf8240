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
const frozenAfterMs = 1500; // a Redis that does not answer must not stop the ledger
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
  const give = async () => {
    if (blocking.status === 'ready') await blocking.eval(giveScript, 1, key, 'turn').catch(ignoreOutage);
  };
  const connected = blocking.connect().then(give, ignoreOutage);
  return {
    give,
    async take() {
      await connected;
      if (blocking.status === 'ready') await blocking.blpop(key, waitSeconds).catch(ignoreOutage);
    },
    async close() {
      await connected;
      blocking.disconnect();
    },
  };
}

/** Without Redis nobody waits for a turn; the committer's jitter alone keeps processes apart. */
export const noTurns: Turns = { take: async () => {}, give: async () => {}, close: async () => {} };

/** An outage of Redis is reported by the platform's own connection; here it only means that no turn is waited for. */
function ignoreOutage(): void {}
