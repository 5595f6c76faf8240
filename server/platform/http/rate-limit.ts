import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { RedisStore, type SendCommandFn } from 'rate-limit-redis';
import { tooManyRequests } from '../../kernel/errors';
import type { Logger } from '../logging/logger';
import type { Redis } from '../redis/connection';

interface Limit {
  /** Names the limit; each counts for itself. */
  name: string;
  perMinute: number;
  /** What is counted together; the caller's address unless told (a login name, a card). Hashed names only, never personal data. */
  key?: (req: Request) => string;
  /** Which requests count; all unless told. */
  counts?: (req: Request) => boolean;
}

export type Limiter = (limit: Limit) => RequestHandler;

const ipv6Subnet = 56; // what a provider gives one household

/** Makes limits that all processes of the county share. While Redis is away nothing is limited: the fund must stay reachable. */
export function createLimiter({ redis, ledger, logger }: { redis: Redis; ledger: string; logger: Logger }): Limiter {
  const sendCommand: SendCommandFn = (command, ...args) => redis.call(command, ...args) as ReturnType<SendCommandFn>;
  return ({ name, perMinute, key, counts }) =>
    rateLimit({
      windowMs: 60_000,
      limit: perMinute,
      keyGenerator: key ?? ((req) => ipKeyGenerator(req.ip ?? '', ipv6Subnet)),
      skip: (req) => counts?.(req) === false,
      standardHeaders: 'draft-7',
      legacyHeaders: false,
      passOnStoreError: true,
      logger: {
        error: (error) => logger.error({ err: error, limit: name }, 'a limit was not counted'),
        warn: (error) => logger.warn({ err: error, limit: name }, 'a limit is set up in an odd way'),
      },
      store: new RedisStore({ sendCommand, prefix: `wh-${ledger}:limit:${name}:` }),
      handler: (_req, res, next) => next(tooManyRequests(Number(res.getHeader('Retry-After')))), // set by the limiter just before
    });
}
