import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../../server/kernel/random';
import { startValkey } from '../../server/platform/embedded/start-valkey';
import { type LedgerChild, startLedgerChild } from '../support/ledger-child';
import { useFaultBench } from '../support/ledger-fault-bench';

// The faults of tests/ledger/faults.test.ts, many times, at moments that a seed chooses.
const random = seededRandom(process.env['SEED'] ?? '1');
const upTo = (most: number) => (random.bytes(2).readUInt16BE() % most) + 1;
const bench = useFaultBench();
/** Liveness, not speed: without our own care it would take the database a minute. */
const patienceMs = 20_000;

test('processes that are killed in mid-posting hold up nobody, and what they were told stays', async () => {
  const load = await bench.openLedger('killed-processes');
  load.start(30);
  const told = new Map<string, number>();
  for (let round = 0; round < 12; round++) {
    const child = await startLedgerChild({
      mongoUri: bench.mongoUri,
      ledger: 'killed-processes',
      prefix: `child${round}`,
      inFlight: upTo(60),
    });
    await child.more(upTo(300));
    child.kill('SIGKILL');
    await child.end();
    const startedAt = performance.now();
    await load.more(60);
    expect(performance.now() - startedAt).toBeLessThan(patienceMs);
    for (const [key, seq] of child.acknowledged) told.set(key, seq);
  }
  expect(await bench.faultsAfter(load, told)).toEqual([]);
});

test('processes that are frozen in mid-posting hold up nobody, and go on when they wake', async () => {
  const load = await bench.openLedger('frozen-processes');
  load.start(30);
  const child = await startLedgerChild({ mongoUri: bench.mongoUri, ledger: 'frozen-processes', prefix: 'child', inFlight: 40 });
  for (let round = 0; round < 8; round++) {
    await child.more(upTo(300));
    child.kill('SIGSTOP');
    const startedAt = performance.now();
    await load.more(100);
    expect(performance.now() - startedAt).toBeLessThan(patienceMs);
    child.kill('SIGCONT');
    await child.more(20);
  }
  await child.end();
  expect(await bench.faultsAfter(load, child.acknowledged)).toEqual([]);
});

test('a process frozen inside its transaction loses it, and cannot finish it when it wakes', async () => {
  const load = await bench.openLedger('frozen-inside');
  for (let round = 0; round < 3; round++) {
    const child: LedgerChild = await startLedgerChild({ mongoUri: bench.mongoUri, ledger: 'frozen-inside', hang: true });
    child.kill('SIGSTOP');
    const startedAt = performance.now();
    await load.try(`while-frozen:${round}`);
    expect(performance.now() - startedAt).toBeLessThan(patienceMs);
    child.kill('SIGCONT');
    await child.post([]);
    await load.try(`after:${round}`);
    await child.end();
  }
  expect(await bench.faultsAfter(load)).toEqual([]);
});

test('a database that is killed again and again keeps all that it answered, to two processes', async () => {
  const load = await bench.openLedger('killed-database');
  load.start(60);
  const child = await startLedgerChild({ mongoUri: bench.mongoUri, ledger: 'killed-database', prefix: 'child', inFlight: 40 });
  for (let round = 0; round < 10; round++) {
    await load.more(upTo(600));
    await bench.killAndRestart();
  }
  await Promise.all([load.more(50), child.more(50)]);
  await child.end();
  expect(await bench.faultsAfter(load, child.acknowledged)).toEqual([]);
});

test('lost answers and cut wires, hundreds of times', async () => {
  const load = await bench.openLedger('wires');
  load.start(40);
  const faults = [
    () => bench.wire.loseAnswerTo('commitTransaction', upTo(3)),
    () => bench.wire.loseAnswerTo('commitTransaction', upTo(3)),
    () => bench.wire.loseAnswerTo('findAndModify', upTo(3)),
    () => bench.wire.loseAnswerTo('insert', upTo(3)),
    () => bench.wire.loseAnswerTo('abortTransaction', 1),
    () => bench.wire.cut(),
  ];
  for (let round = 0; round < 300; round++) {
    await load.more(upTo(60));
    faults[upTo(faults.length) - 1]?.();
  }
  await load.more(50);
  expect(await bench.faultsAfter(load)).toEqual([]);
  expect(load.replayed).toBeGreaterThan(0);
});

test('a database that freezes again and again leaves doubts, but nothing doubled or half written', async () => {
  const load = await bench.openLedger('freezes', { patienceMs: 200 });
  load.start(40);
  for (let round = 0; round < 5; round++) {
    await load.more(upTo(300));
    process.kill(bench.mongod.pid, 'SIGSTOP');
    await wait(3000); // the fault itself lasts that long
    process.kill(bench.mongod.pid, 'SIGCONT');
    await load.more(50);
  }
  expect(load.unknown.size).toBeGreaterThan(0);
  expect(await bench.faultsAfter(load)).toEqual([]);
});

test('Redis may be killed, come back, freeze and wake under two processes that take turns', async () => {
  const dataDir = join(bench.folder, 'turns');
  let valkey = await startValkey({ dataDir, durable: false });
  const load = await bench.openLedger('turns', { redisUrl: valkey.url });
  load.start(20);
  const child = await startLedgerChild({
    mongoUri: bench.mongoUri,
    redisUrl: valkey.url,
    ledger: 'turns',
    prefix: 'child',
    inFlight: 20,
  });
  for (let round = 0; round < 6; round++) {
    await Promise.all([load.more(100), child.more(100)]);
    process.kill(valkey.pid, round % 2 === 0 ? 'SIGSTOP' : 'SIGKILL');
    await Promise.all([load.more(100), child.more(100)]);
    if (round % 2 === 0) process.kill(valkey.pid, 'SIGCONT');
    else {
      await valkey.exited;
      valkey = await startValkey({ dataDir, durable: false, port: valkey.port });
    }
  }
  await child.end();
  expect(await bench.faultsAfter(load, child.acknowledged)).toEqual([]);
  await valkey.stop();
});
