import { once } from 'node:events';
import express from 'express';
import mongoose from 'mongoose';
import Stripe from 'stripe';
import { donationsRoutes, prepareGiving } from '../../server/donations';
import { systemClock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import { loadConfig } from '../../server/platform/config/config';
import { installKeys } from '../../server/platform/crypto/keys';
import { createApp } from '../../server/platform/http/create-app';
import { createLogger } from '../../server/platform/logging/logger';
import { connectMongo } from '../../server/platform/mongo/connection';
import { connectRedis } from '../../server/platform/redis/connection';
import { ledgerName } from '../ledger/bench-chart';
import { peerCollection, secret } from './told-events';

// A process that takes webhooks: ours in the whole shell, the peer that inserts each one by itself, and an echo that keeps nothing.
const [uri = '', redisUrl = ''] = process.argv.slice(2);
const raw = express.raw({ type: () => true, limit: '256kb' });

async function main(): Promise<void> {
  await connectMongo(uri, systemClock);
  const config = loadConfig({
    NODE_ENV: 'test',
    LEDGER_ID: ledgerName,
    MONGODB_URI: uri,
    REDIS_URL: redisUrl,
    STRIPE_SECRET_KEY: 'sk_test_bench',
    STRIPE_API_BASE: 'http://127.0.0.1:9', // nobody is asked
    STRIPE_WEBHOOK_SECRETS: secret,
  });
  installKeys(config);
  const giving = await prepareGiving(config);
  const rooms = donationsRoutes({ giving, publicBaseUrl: config.publicBaseUrl, limiter: () => (_req, _res, next) => next() });
  const app = express();
  app.use('/peer', raw, async (req, res) => {
    const event = Stripe.webhooks.constructEvent(req.body, String(req.headers['stripe-signature']), secret);
    try {
      const document = { _id: event.id, type: event.type, createdAt: new Date(event.created * 1000), receivedAt: new Date() };
      await peerCollection().insertOne(document as never, { writeConcern: { w: 'majority', j: true } });
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== 11_000) throw error;
    }
    res.json({ received: true });
  });
  app.use('/echo', raw, (req, res) => {
    res.json({ received: req.body.length });
  });
  app.use(
    await createApp({
      ...{ config, rooms, clock: systemClock, random: systemRandom, lifecycle: { draining: false }, requestsPerMinute: 10_000_000 },
      redis: connectRedis(redisUrl),
      logger: createLogger({ level: 'silent', process: 'bench' }),
    }),
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.((server.address() as { port: number }).port);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
