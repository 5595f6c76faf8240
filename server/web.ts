import { buildApp } from './app';
import { closeLedger, openLedger } from './ledger';
import type { Lifecycle } from './platform/http/health';
import { serve } from './platform/http/serve';
import { runProcess } from './platform/process/run-process';
import { connectRedis } from './platform/redis/connection';

// The process that answers browsers and programs.
void runProcess('web', async (boot) => {
  const { config, logger } = boot;
  const redis = connectRedis(config.redisUrl);
  redis.on('error', (error) => logger.error({ err: error }, 'redis connection failed'));
  await openLedger({ ...boot, ledger: config.ledger, redis });
  const lifecycle: Lifecycle = { draining: false };
  const server = await serve(await buildApp(boot, redis, lifecycle), config, lifecycle);
  return {
    facts: { port: server.port, url: config.publicBaseUrl },
    stop: async (deadlineMs) => {
      await server.close(deadlineMs);
      await closeLedger(config.ledger);
      redis.disconnect();
    },
  };
});
