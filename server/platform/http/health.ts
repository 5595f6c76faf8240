import { mongoAnswers } from '../mongo/connection';
import { type Redis, redisAnswers } from '../redis/connection';
import { open } from './guard';
import { type Routes, routes } from './routes';

/** Whether the process is on its way out. Shared by the shell and the server. */
export interface Lifecycle {
  draining: boolean;
}

/** `/healthz`: the process lives. `/readyz`: it may get requests, i.e. reaches its servers and is not stopping. */
export function healthRoutes(redis: Redis, lifecycle: Lifecycle): Routes {
  const health = routes();
  health.get('/healthz', open('asked by the machine that runs us'), (_req, res) => {
    res.json({ status: 'ok' });
  });
  health.get('/readyz', open('asked by the machine that runs us'), async (_req, res) => {
    const [mongo, cache] = await Promise.all([mongoAnswers(), redisAnswers(redis)]);
    const isReady = mongo && cache && !lifecycle.draining;
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not-ready', mongo, redis: cache, draining: lifecycle.draining });
  });
  return health;
}
