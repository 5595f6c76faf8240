import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProviderMessage } from '../server/donations/inbox.model';
import { startValkey } from '../server/platform/embedded/start-valkey';
import { OutboxEvent } from '../server/platform/outbox/outbox-event.model';
import { openGivingBook } from './gifts/open-giving';
import { ledgerName } from './ledger/bench-chart';
import type { BenchOptions, BenchResult } from './method/bench-result';
import { counting } from './method/contestants';
import { runInFlight } from './method/in-flight';
import { alternate } from './method/rounds';
import { peerCollection, send, type ToldEvent, toldEvents } from './webhooks/told-events';

const inFlight = 128;

/**
 * Signed webhooks, a fifth of them doubled, into a process of their own: kept with the message for the job that settles them, before the
 * answer. At the end 50,000 with the process killed midway; the sender sends again what was not answered, and each is there once.
 */
export async function benchWebhooks({ quick, rounds, say, uri }: BenchOptions): Promise<BenchResult> {
  const [each, crash] = quick ? [2_000, 5_000] : [10_000, 50_000];
  await openGivingBook();
  const folder = mkdtempSync(join(tmpdir(), 'warm-heart-webhooks-'));
  const valkey = await startValkey({ dataDir: folder, durable: false });
  let taker = await startTaker(uri, valkey.url);
  let round = 0;
  const at = (name: string, path: string) =>
    counting(name, async () => {
      const events = toldEvents(each, `${name.length}r${round++}`);
      return runInFlight(inFlight, events.length, async (n) => {
        const status = await send(taker.port, path, events[n] as ToldEvent);
        if (status !== 200) throw new Error(`${name} answered ${status}`);
      });
    });
  const [ours, peer, echo] = ['kept in batches, with its message', 'insert and unique index per request', 'echo of the raw body'];
  const measured = await alternate([at(ours, '/webhooks/stripe'), at(peer, '/peer'), at(echo, '/echo')], rounds, say);

  const before = await ProviderMessage.countDocuments({ ledger: ledgerName });
  const events = toldEvents(crash, 'crash');
  const answered = new Set<ToldEvent>();
  const sendAll = (some: ToldEvent[]) =>
    runInFlight(inFlight, some.length, async (n) => {
      const event = some[n] as ToldEvent;
      if ((await send(taker.port, '/webhooks/stripe', event)) === 200) answered.add(event);
      if (n === Math.floor(crash / 2) && some.length === events.length) taker.process.kill('SIGKILL');
    });
  await sendAll(events);
  const lost = events.filter((event) => !answered.has(event));
  say(`  killed midway: ${lost.length} were not answered and are sent again`);
  taker = await startTaker(uri, valkey.url);
  await sendAll(lost);
  const [kept, owed] = await Promise.all([
    ProviderMessage.countDocuments({ ledger: ledgerName }),
    OutboxEvent.countDocuments({ ledger: ledgerName, topic: 'provider.told' }),
  ]);
  if (answered.size !== crash || kept - before !== crash || owed !== kept) {
    throw new Error(`${answered.size} of ${crash} answered, ${kept - before} of ${crash} kept, ${owed} messages for ${kept}`);
  }
  taker.process.kill();
  await once(taker.process, 'exit');
  await valkey.stop();
  rmSync(folder, { recursive: true, force: true });
  await peerCollection().drop();
  return {
    id: 'B8',
    title: `rounds of ${each.toLocaleString('en')} signed webhooks, a fifth of them doubled, ${inFlight} in flight`,
    measured,
    ratios: [
      { of: ours, to: peer, aim: 3 },
      { of: ours, to: echo, aim: 0.6 },
    ],
    checked: `then ${crash.toLocaleString('en')} with the process killed midway (${lost.length.toLocaleString('en')} sent again): each is kept once, with one message`,
  };
}

interface Taker {
  process: ChildProcess;
  port: number;
}

async function startTaker(uri: string, redisUrl: string): Promise<Taker> {
  const file = join(__dirname, 'webhooks/server-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', file, uri, redisUrl], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [port] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the process that takes webhooks did not start'))),
  ]);
  return { process: child, port: Number(port) };
}
