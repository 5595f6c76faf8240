import express, { type Express, type Request, type RequestHandler } from 'express';
import type { Clock } from '../../kernel/clock';
import type { Actor, Context, Locale } from '../../kernel/context';
import type { Random } from '../../kernel/random';
import type { Config } from '../config/config';
import { installI18n } from '../i18n/install-i18n';
import type { Logger } from '../logging/logger';
import { measureRequests } from '../metrics/measure-requests';
import { metricsRoutes } from '../metrics/metrics-routes';
import type { Redis } from '../redis/connection';
import { installViews } from '../views/install-views';
import { apiPages } from './api-pages';
import { errorPages, noSuchPage } from './error-pages';
import { checkFormToken, checkOrigin } from './form-token';
import { healthRoutes, type Lifecycle } from './health';
import { pageLocals } from './page-locals';
import { createLimiter } from './rate-limit';
import { requestLog } from './request-log';
import './request';
import type { Routes } from './routes';
import { securityHeaders } from './security-headers';
import { sessions } from './sessions';
import { staticFiles } from './static-files';

export interface AppSetup {
  config: Config;
  redis: Redis;
  logger: Logger;
  clock: Clock;
  random: Random;
  lifecycle: Lifecycle;
  /** Routes of all rooms. */
  rooms: readonly Routes[];
  /** Middleware that knows people: runs behind the session, before any room (Passport, navigation). */
  identity?: readonly RequestHandler[];
  /** Knows a program by its access token: runs before the session, whose cookie then counts for nothing. */
  programs?: readonly RequestHandler[];
  /** Who acts in a request; without it everybody is a visitor. */
  actorOf?: (req: Request) => Actor | Promise<Actor>;
  /** Requests a minute from one address. */
  requestsPerMinute?: number;
}

const bodyLimit = '100kb';
const fieldLimit = 1_000;
const effectiveWithinMs = 30_000; // what a web request does must not take effect later (LEDGER §2)

/** Somebody who has not signed in. */
export const visitor: Actor = { id: 'visitor', kind: 'person', grants: [] };

/** A machine that signs what it sends. */
const machine: Actor = { id: 'system:webhook', kind: 'system', grants: [] };

/**
 * The shell around all rooms. The order is the point: raw webhooks before any parser, files before the global token check, pages
 * behind it, and at the end what catches everything.
 */
export async function createApp(setup: AppSetup): Promise<Express> {
  const { config, redis, logger, rooms } = setup;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag'); // pages are never kept, so nobody would ask with one; files have their own
  app.set('trust proxy', config.trustProxy);
  installViews(app, { cache: config.mode !== 'development' });

  app.use(measureRequests, requestLog(logger, setup.random), closeWhileDraining(setup.lifecycle), securityHeaders(config));
  app.use(healthRoutes(redis, setup.lifecycle).pages, staticFiles());
  app.use(await installI18n(), pageLocals(config, setup.clock));
  app.use(context(setup, () => machine));
  app.use(metricsRoutes(config).pages);
  for (const room of rooms) app.use(room.webhooks);

  app.use(createLimiter({ redis, logger, ledger: config.ledger })({ name: 'all', perMinute: setup.requestsPerMinute ?? 1_200 }));
  app.use(...(setup.programs ?? []), sessions(config, redis), freshPages);
  app.use(express.json({ limit: bodyLimit }), express.urlencoded({ extended: false, limit: bodyLimit, parameterLimit: fieldLimit }));
  app.use(checkOrigin(config), ...(setup.identity ?? []), context(setup, setup.actorOf ?? (() => visitor)));
  for (const room of rooms) app.use(room.uploads);

  app.use(checkFormToken);
  for (const room of rooms) app.use(room.pages);
  const operations = rooms.flatMap((room) => room.operations);
  app.use(apiPages(operations, { ahead: config.mode === 'production' }).pages);
  app.use(noSuchPage, errorPages(logger));
  return app;
}

function context({ config, clock, random }: AppSetup, actorOf: (req: Request) => Actor | Promise<Actor>): RequestHandler {
  return async (req, res, next) => {
    const actor = await actorOf(req);
    const notAfter = new Date(clock.now().getTime() + effectiveWithinMs);
    const locale = res.locals['locale'] as Locale;
    const ctx: Context = { ledger: config.ledger, actor, clock, random, locale, requestId: String(req.id), notAfter };
    req.ctx = ctx;
    next();
  };
}

/** Pages show what only this person may see, and forms carry tokens: nobody on the way may keep them. */
const freshPages: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'private, no-store');
  next();
};

function closeWhileDraining(lifecycle: Lifecycle): RequestHandler {
  return (_req, res, next) => {
    if (lifecycle.draining) res.setHeader('Connection', 'close');
    next();
  };
}
