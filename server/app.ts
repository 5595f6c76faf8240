import type { Express } from 'express';
import { createApp } from './platform/http/create-app';
import type { Lifecycle } from './platform/http/health';
import type { Boot } from './platform/process/run-process';
import type { Redis } from './platform/redis/connection';
import { openRooms } from './rooms';

/** The whole web application: the shell with the routes of every room. */
export async function buildApp(boot: Boot, redis: Redis, lifecycle: Lifecycle): Promise<Express> {
  return createApp({ ...boot, redis, lifecycle, ...(await openRooms(boot, redis)) });
}
