import type { Express } from 'express';
import { SteppedClock } from '../../../server/kernel/clock';
import { seededRandom } from '../../../server/kernel/random';
import { loadConfig } from '../../../server/platform/config/config';
import { type AppSetup, createApp } from '../../../server/platform/http/create-app';
import { open } from '../../../server/platform/http/guard';
import { type Routes, routes } from '../../../server/platform/http/routes';
import { createLogger } from '../../../server/platform/logging/logger';
import type { Redis } from '../../../server/platform/redis/connection';

export const origin = 'http://localhost:3000';

/** The shell around sample rooms, and the lines that it logs. */
export async function sampleApp(
  redis: Redis,
  rooms: readonly Routes[],
  changes: Partial<AppSetup> = {},
): Promise<{ app: Express; log: string[] }> {
  const log: string[] = [];
  const config = loadConfig({
    NODE_ENV: 'test',
    MONGODB_URI: 'mongodb://unused',
    REDIS_URL: 'redis://unused',
    STRIPE_SECRET_KEY: 'sk_test_1',
    STRIPE_API_BASE: 'http://127.0.0.1:12111',
  });
  const app = await createApp({
    config,
    redis,
    logger: createLogger({ level: 'info', process: 'test' }, { write: (line: string) => void log.push(line) }),
    clock: new SteppedClock('2026-11-24T00:00:00Z'),
    random: seededRandom('sample-app'),
    lifecycle: { draining: false },
    rooms,
    ...changes,
  });
  return { app, log };
}

/** A room whose `/form` prints a form token and whose `/echo` answers with what it received. */
export function echoRoom(): Routes {
  const room = routes();
  room.get('/plain', open('test'), (_req, res) => res.send('plain'));
  room.get('/form', open('test'), (_req, res) => res.send(`${res.locals['csrfToken']}`));
  room.post('/echo', open('test'), (req, res) => res.json({ body: req.body, actor: req.ctx.actor.id }));
  room.post('/api/v1/echo', open('test'), (req, res) => res.json({ body: req.body }));
  return room;
}
