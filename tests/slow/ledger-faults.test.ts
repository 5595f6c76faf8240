import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { startValkey } from '../../server/platform/embedded/start-valkey';
import { startLedgerChild } from '../support/ledger-child';
import { useFaultBench } from '../support/ledger-fault-bench';

// One quick example of each fault; the long run (tests/long) repeats them at random moments.
jest.setTimeout(90_000);
const bench = useFaultBench();

test('a process that died inside its transaction holds up nobody for long', async () => {
  const load = await bench.openLedger('dead');
  await load.try('before');
  const child = await startLedgerChild({ mongoUri: bench.mongoUri, ledger: 'dead', hang: true });
  child.kill('SIGKILL');
  await child.end();
  const startedAt = performance.now();
  await load.try('after');
  // It takes about 3 s; the database by itself would take 60. Room for a busy machine.
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  expect(await bench.faultsAfter(load)).toEqual([]);
});

const doubtful = { writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' } };
const conflict = { errorCode: 112, errorLabels: ['TransientTransactionError'] };
let [wires, ownReplays] = [0, 0];

test.each`
  how                                  | fault
  ${'loses the answer of a commit'}    | ${() => bench.wire.loseAnswerTo('commitTransaction', 1)}
  ${'loses it twice in a row'}         | ${() => bench.wire.loseAnswerTo('commitTransaction', 2)}
  ${'loses the answer of a head bump'} | ${() => bench.wire.loseAnswerTo('findAndModify', 1)}
  ${'cuts every connection'}           | ${() => bench.wire.cut()}
  ${'calls a commit doubtful'}         | ${() => bench.failCommand('commitTransaction', 3, doubtful)}
  ${'refuses a commit as a conflict'}  | ${() => bench.failCommand('commitTransaction', 3, conflict)}
  ${'interrupts an update'}            | ${() => bench.failCommand('update', 2, { errorCode: 11_601 })}
`('a wire or a database that $how leaves each posting once', async ({ fault }) => {
  const load = await bench.openLedger(`wire-${++wires}`);
  load.start(20);
  for (let times = 0; times < 4; times++) {
    await load.more(30);
    await fault();
  }
  await load.more(50);
  expect(await bench.faultsAfter(load)).toEqual([]);
  ownReplays += load.replayed;
});

test('answers of commits were really lost, and the ledger found what it had done before', () => {
  expect(bench.wire.lost()).toBeGreaterThanOrEqual(8);
  expect(ownReplays).toBeGreaterThan(0);
});

test('a database that was killed while it committed has all that was answered, once and whole', async () => {
  const load = await bench.openLedger('killed');
  load.start(50);
  await load.more(200);
  await bench.killAndRestart();
  await load.more(200);
  expect(await bench.faultsAfter(load)).toEqual([]);
});

test('while the database is frozen, callers hear that the outcome is unknown; afterwards each posting is there once or not', async () => {
  const load = await bench.openLedger('frozen', { patienceMs: 100 });
  load.start(20);
  await load.more(50);
  process.kill(bench.mongod.pid, 'SIGSTOP');
  await wait(3000); // the fault itself lasts that long
  const unknown = load.unknown.size;
  process.kill(bench.mongod.pid, 'SIGCONT');
  await load.more(50);
  expect(unknown).toBeGreaterThan(0);
  expect(await bench.faultsAfter(load)).toEqual([]);
});

test.each(['SIGSTOP', 'SIGKILL'] as const)('commits go on when Redis gets %s', async (signal) => {
  const dataDir = join(bench.folder, signal);
  const valkey = await startValkey({ dataDir, durable: false });
  const load = await bench.openLedger(`redis-${signal.toLowerCase()}`, { redisUrl: valkey.url });
  load.start(10);
  await load.more(50);
  process.kill(valkey.pid, signal);
  await load.more(200);
  if (signal === 'SIGSTOP') process.kill(valkey.pid, 'SIGCONT');
  await load.more(50);
  expect(await bench.faultsAfter(load)).toEqual([]);
  await valkey.stop();
});
