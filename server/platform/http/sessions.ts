import { RedisStore } from 'connect-redis';
import type { RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import { systemRandom } from '../../kernel/random';
import type { Config } from '../config/config';
import type { Redis } from '../redis/connection';

declare module 'express-session' {
  interface SessionData {
    /** Set by Passport at sign-in. */
    passport?: { user?: unknown };
  }
}

const signedInIdleS = 2 * 3600;
const visitorIdleS = 3600; // a visitor's session holds nothing but a form token

/** Sessions in Redis, started by the first thing that is kept in one. Losing Redis signs people out, nothing more. */
export function sessions(config: Pick<Config, 'ledger' | 'publicBaseUrl' | 'sessionSecret'>, redis: Redis): RequestHandler {
  const isSecure = config.publicBaseUrl.startsWith('https:');
  return session({
    name: isSecure ? '__Host-warm-heart' : 'warm-heart',
    secret: config.sessionSecret,
    store: new RedisStore({ client: redis, prefix: `wh-${config.ledger}:session:`, ttl: idleSeconds }),
    genid: () => systemRandom.bytes(32).toString('base64url'), // never the context's random: a seeded session id could be guessed
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' },
  });
}

function idleSeconds(kept: SessionData): number {
  return kept.passport?.user === undefined ? visitorIdleS : signedInIdleS;
}
