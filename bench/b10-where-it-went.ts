import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { donationsRoutes } from '../server/donations';
import { minCell } from '../server/funds/disclosure/disclosure.settings';
import type { Actor } from '../server/kernel/context';
import { divisionCode } from '../server/kernel/division-code';
import { systemRandom } from '../server/kernel/random';
import { traceOrigins } from '../server/ledger';
import { entries } from '../server/ledger/collections';
import { loadConfig } from '../server/platform/config/config';
import { installKeys } from '../server/platform/crypto/keys';
import { startValkey } from '../server/platform/embedded/start-valkey';
import { createApp } from '../server/platform/http/create-app';
import { createLogger } from '../server/platform/logging/logger';
import { ensureIndexes } from '../server/platform/mongo/indexes';
import { connectRedis } from '../server/platform/redis/connection';
import { enactSamples } from '../server/settings';
import { openUsedGift, pageOfGift } from './gifts/used-gift';
import { closeBenchBook, reopenBenchBook } from './ledger/bench-book';
import { context, ledgerName } from './ledger/bench-chart';
import { checkBook } from './ledger/check-book';
import { openLargeBook } from './ledger/large-book';
import type { BenchOptions, BenchResult } from './method/bench-result';
import { counting } from './method/contestants';
import { runForSeconds } from './method/in-flight';
import { percentile } from './method/percentile';
import { alternate } from './method/rounds';

const aids = 5_000;
const purses = 10_000;
const aimMs = 300;
const number = 'D-2026-000001';

/** The public page of a gift that has paid 5,000 aids, over HTTP, one reader at a time. Bound: the entries that paid, read bare. */
export async function benchWhereItWent({ quick, rounds, say }: BenchOptions): Promise<BenchResult> {
  const size = quick ? 20_000 : 300_000;
  const seconds = quick ? 2 : 10;
  await openLargeBook(size, purses);
  await reopenBenchBook(undefined);
  await ensureIndexes();
  installKeys(benchConfig());
  await enactLeastCell();
  const paidFen = await openUsedGift(aids);
  const site = await openSite();
  try {
    return await readAll({ size, seconds, rounds, say, paidFen, read: site.read });
  } finally {
    await site.stop();
    await closeBenchBook();
  }
}

interface Reading extends Pick<BenchOptions, 'rounds' | 'say'> {
  size: number;
  seconds: number;
  paidFen: number;
  read: (path: string) => Promise<string>;
}

async function readAll({ size, seconds, rounds, say, paidFen, read }: Reading): Promise<BenchResult> {
  const waits = new Map<string, number[]>();
  const reading = (name: string, look: () => Promise<unknown>) =>
    counting(name, async () =>
      runForSeconds(1, seconds, async () => {
        const startedAt = performance.now();
        await look();
        waits.set(name, [...(waits.get(name) ?? []), performance.now() - startedAt]);
      }),
    );
  const [first, last, sums, bound] = ['first page', 'last page', 'the trace alone', 'bare find of the 5,000'];
  const measured = await alternate(
    [
      reading(first, () => read(pageOfGift)),
      reading(last, () => read(`${pageOfGift}?after=gone-${Number.MAX_SAFE_INTEGER % 10 ** 15}`)),
      reading(sums, () => traceOrigins(context, [number])),
      reading(bound, bareFind),
    ],
    rounds,
    say,
  );

  const page = await read(pageOfGift);
  const shown = `¥${(paidFen / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`;
  if (!page.includes(shown)) throw new Error(`the page should say ${shown}`);
  return {
    id: 'B10',
    title: `the page of a gift that paid ${aids.toLocaleString('en')} aids, in a book of ${(size / 1000).toLocaleString('en')},000 other entries`,
    measured,
    ratios: [{ of: first, to: bound }],
    figures: Object.fromEntries([first, last, sums].map((name) => [name, describe(waits.get(name) ?? [])])),
    checked: `${await checkBook()}; the page says ${shown}`,
  };
}

function describe(times: readonly number[]): string {
  return `median ${Math.round(percentile(times, 0.5))} ms, p99 ${Math.round(percentile(times, 0.99))} ms (aim ${aimMs} ms)`;
}

function bareFind() {
  const drawn = { $exists: true, $elemMatch: { origin: number, to: null } };
  return entries()
    .find({ ledger: ledgerName, drawn } as never, { projection: { seq: 1, kind: 1, drawn: 1 } })
    .toArray();
}

async function enactLeastCell(): Promise<void> {
  const person = (id: string, role: 'countyAdmin' | 'fundManager'): Actor => ({ id, kind: 'person', grants: [{ role, scope: '130499' }] });
  await enactSamples({
    proposer: { ...context, actor: person('usr_one', 'countyAdmin') },
    confirmer: { ...context, actor: person('usr_two', 'fundManager') },
    scope: divisionCode('130499'),
    sourceDoc: 'bench',
    definitions: [minCell],
  });
}

function benchConfig() {
  return loadConfig({ NODE_ENV: 'test', LEDGER_ID: ledgerName, MONGODB_URI: 'mongodb://unused', REDIS_URL: 'redis://unused' });
}

/** The shell with the rooms of giving, over a socket. */
async function openSite(): Promise<{ read(path: string): Promise<string>; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'warm-heart-site-'));
  const valkey = await startValkey({ dataDir: folder, durable: false });
  const redis = connectRedis(valkey.url);
  const config = benchConfig();
  const logger = createLogger({ level: 'silent', process: 'bench' });
  const { clock } = context;
  const rooms = donationsRoutes({ giving: undefined, publicBaseUrl: config.publicBaseUrl, limiter: () => (_req, _res, next) => next() });
  const lifecycle = { draining: false };
  const app = await createApp({ config, redis, logger, clock, random: systemRandom, lifecycle, rooms, requestsPerMinute: 1_000_000 });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    async read(path) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      return text;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      redis.disconnect();
      await valkey.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
