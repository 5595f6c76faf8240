import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { startValkey } from '../server/platform/embedded/start-valkey';
import { connectRedis } from '../server/platform/redis/connection';
import { amountOf, closeBenchBook, openBenchBook, pairOf, reopenBenchBook } from './ledger/bench-book';
import { postTransfer } from './ledger/bench-postings';
import { checkBook } from './ledger/check-book';
import type { BenchOptions, BenchResult } from './method/bench-result';
import { counting } from './method/contestants';
import { runForSeconds } from './method/in-flight';
import { percentile } from './method/percentile';
import { alternate } from './method/rounds';

const purses = 10_000;
const [own, theirs] = [2, 256];

/**
 * A person at a counter while a worker awards a month's points: two callers in this process beside 256 in another. With turns by Redis,
 * and without, as while Redis is away.
 */
export async function benchBesideWorker({ quick, rounds, say, uri }: BenchOptions): Promise<BenchResult> {
  const seconds = quick ? 3 : 10;
  const folder = mkdtempSync(join(tmpdir(), 'warm-heart-turns-'));
  const valkey = await startValkey({ dataDir: folder, durable: false });
  const redis = connectRedis(valkey.url);
  await openBenchBook(purses);

  const waits = new Map<string, number[]>();
  const workers = new Map<string, number[]>();
  const beside = (name: string, turns: boolean, inFlight: number) =>
    counting(name, async (first) => {
      await reopenBenchBook(turns ? redis : undefined);
      const worker = inFlight > 0 ? await startWorker(uri, turns ? valkey.url : '', inFlight) : undefined;
      const rate = await runForSeconds(own, seconds, async (n) => {
        const startedAt = performance.now();
        await postTransfer(`beside:${name.length}:${first + n}`, ...pairOf(first + n, purses), amountOf(n));
        keep(waits, name, performance.now() - startedAt);
      });
      if (worker) keep(workers, name, await worker.end());
      return rate;
    });
  const alone = 'alone';
  const [withTurns, withoutTurns] = [`beside ${theirs} of a worker`, `beside ${theirs} of a worker, no Redis`];
  const measured = await alternate(
    [beside(alone, true, 0), beside(withTurns, true, theirs), beside(withoutTurns, false, theirs)],
    rounds,
    say,
  );

  const checked = await checkBook();
  await closeBenchBook();
  redis.disconnect();
  await valkey.stop();
  rmSync(folder, { recursive: true, force: true });
  const figures = [alone, withTurns, withoutTurns].map((name) => [`${name}: waited for an answer`, describe(waits.get(name) ?? [])]);
  const rates = [withTurns, withoutTurns].map((name) => [
    `${name}: the worker meanwhile`,
    `${Math.round(percentile(workers.get(name) ?? [], 0.5))}/s`,
  ]);
  return {
    id: 'B2-beside',
    title: `${own} in flight in one process beside ${theirs} in another`,
    measured,
    ratios: [],
    figures: Object.fromEntries([...figures, ...rates]),
    checked,
  };
}

function keep(lists: Map<string, number[]>, name: string, value: number): void {
  const list = lists.get(name) ?? [];
  list.push(value);
  lists.set(name, list);
}

function describe(milliseconds: readonly number[]): string {
  const [median, p99] = [0.5, 0.99].map((share) => Math.round(percentile(milliseconds, share)));
  return `median ${median} ms, p99 ${p99} ms (aim 500 ms)`;
}

/** Starts the other process and waits until it is well under way; `end` returns what it did per second. */
async function startWorker(uri: string, redisUrl: string, inFlight: number): Promise<{ end(): Promise<number> }> {
  const args = ['--import', 'tsx', join(__dirname, 'ledger/busy-process.ts'), uri, redisUrl, String(inFlight), String(purses)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['pipe', 'inherit', 'inherit', 'ipc'] });
  const [underWay] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (underWay !== 'under way') throw new Error('the other process ended before it was under way');
  return {
    async end() {
      const rate = once(child, 'message');
      const gone = once(child, 'exit');
      child.stdin?.end();
      const [perSecond] = await rate;
      await gone;
      return Number(perSecond);
    },
  };
}
