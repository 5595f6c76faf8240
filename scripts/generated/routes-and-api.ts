import { systemClock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import { loadConfig } from '../../server/platform/config/config';
import { createApp } from '../../server/platform/http/create-app';
import { problemSchema } from '../../server/platform/http/problem';
import { type ListedRoute, listRoutes } from '../../server/platform/http/route-table';
import { createLogger } from '../../server/platform/logging/logger';
import { apiDocument } from '../../server/platform/openapi/api-document';
import type { Redis } from '../../server/platform/redis/connection';
import { openRooms } from '../../server/rooms';

// The fullest table: with the demonstration's seats and with online giving. Nothing of it is ever reached.
const settings = {
  DEMO: 'true',
  MONGODB_URI: 'mongodb://127.0.0.1:1/never',
  REDIS_URL: 'redis://127.0.0.1:1',
  STRIPE_SECRET_KEY: 'sk_test_never',
  STRIPE_API_BASE: 'http://127.0.0.1:1',
  STRIPE_WEBHOOK_SECRETS: 'whsec_never',
};
/** Limits load their script when they are made; that is all that is asked of Redis before the first request. */
const noRedis = { call: async () => 'never' } as unknown as Redis;

/** The route table as a page, and the OpenAPI document, of the app as it is built. */
export async function routesAndApi(): Promise<{ routesPage: string; openApi: Record<string, unknown> }> {
  const boot = {
    config: loadConfig(settings),
    logger: createLogger({ level: 'silent', process: 'generate' }),
    clock: systemClock,
    random: systemRandom,
  };
  const opened = await openRooms(boot, noRedis);
  const app = await createApp({ ...boot, redis: noRedis, lifecycle: { draining: false }, ...opened });
  const openApi = apiDocument(
    opened.rooms.flatMap(({ operations }) => operations),
    problemSchema,
  );
  return { routesPage: pageOf(listRoutes(app)), openApi };
}

function pageOf(routes: readonly ListedRoute[]): string {
  const sorted = [...routes].sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
  return [
    '# Routes',
    '',
    `Made by \`npm run generate\`. ${sorted.length} routes; the guard says who may pass: a permission (\`server/identity/permissions.ts\`), or why it is open.`,
    '',
    '| method | path | guard |',
    '|---|---|---|',
    ...sorted.map(({ method, path, guard }) => `| ${method} | \`${path}\` | ${guard ?? ''} |`),
    '',
  ].join('\n');
}

/** By code units, the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
