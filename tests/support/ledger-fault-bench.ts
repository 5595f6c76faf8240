import { join } from 'node:path';
import mongoose from 'mongoose';
import { systemClock } from '../../server/kernel/clock';
import { systemRandom } from '../../server/kernel/random';
import { closeLedger, openLedger } from '../../server/ledger';
import type { EmbeddedServer } from '../../server/platform/embedded/embedded-server';
import { startMongod } from '../../server/platform/embedded/start-mongod';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';
import { connectRedis, type Redis } from '../../server/platform/redis/connection';
import { testContext } from '../ledger/test-chart';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy';
import { faultsOfLoad, LedgerLoad } from './ledger-load';
import { useTemporaryFolder } from './temporary-folder';

/** A database of the test file's own behind a wire that can be cut: it may be killed, frozen and started again. */
export class FaultBench {
  mongod!: EmbeddedServer;
  wire!: CuttingProxy;
  readonly #ledgers: string[] = [];
  readonly #redis: Redis[] = [];

  constructor(readonly folder: string) {}

  async start(): Promise<void> {
    // The server itself ends an old transaction only after a minute: what frees the ledger sooner is ours.
    this.mongod = await startMongod({ dataDir: join(this.folder, 'mongodb'), parameters: { enableTestCommands: 1 } });
    this.wire = await startCuttingProxy(this.mongod.port);
    await connectMongo(`mongodb://127.0.0.1:${this.wire.port}/faults?directConnection=true`, systemClock);
  }

  async stop(): Promise<void> {
    for (const ledger of this.#ledgers) await closeLedger(ledger);
    for (const redis of this.#redis) redis.disconnect();
    await disconnectMongo();
    await this.wire.close();
    await this.mongod.stop();
  }

  /** Where other processes find the database: on a wire of their own. */
  get mongoUri(): string {
    return `mongodb://127.0.0.1:${this.mongod.port}/faults?directConnection=true`;
  }

  /** Opens a ledger with this name and returns a load for it. */
  async openLedger(ledger: string, options: { patienceMs?: number; redisUrl?: string } = {}): Promise<LedgerLoad> {
    const redis = options.redisUrl ? connectRedis(options.redisUrl) : undefined;
    redis?.on('error', () => undefined); // it is killed on purpose
    if (redis) this.#redis.push(redis);
    await openLedger({ ledger, clock: systemClock, random: systemRandom, ...(redis ? { redis } : {}) });
    this.#ledgers.push(ledger);
    return new LedgerLoad(testContext(ledger), ledger, options.patienceMs);
  }

  /** `kill -9`, and the same database again over the same data, on the same port. */
  async killAndRestart(): Promise<void> {
    process.kill(this.mongod.pid, 'SIGKILL');
    await this.mongod.exited;
    const { port } = this.mongod;
    this.mongod = await startMongod({ dataDir: join(this.folder, 'mongodb'), port, parameters: { enableTestCommands: 1 } });
  }

  /** Fails commands of this kind so many times in the way given; see MongoDB's fail point `failCommand`. */
  async failCommand(command: string, times: number, how: Record<string, unknown>): Promise<void> {
    const data = { failCommands: [command], ...how };
    await mongoose.connection.db?.admin().command({ configureFailPoint: 'failCommand', mode: { times }, data });
  }

  /** Ends a load, repeats what was left unknown with the same keys, and returns what is wrong in the books. */
  async faultsAfter(load: LedgerLoad, others: Iterable<[string, number]> = []): Promise<string[]> {
    await load.stop();
    for (const key of [...load.unknown]) await load.try(key);
    const left = [...load.unknown].map((key) => `${key} is still unknown`);
    return [...left, ...(await faultsOfLoad(load.ctx.ledger, new Map([...load.acknowledged, ...others]), load.late))];
  }
}

/** Starts the bench before the file's tests and stops it after. */
export function useFaultBench(): FaultBench {
  const bench = new FaultBench(useTemporaryFolder());
  beforeAll(() => bench.start());
  afterAll(() => bench.stop());
  return bench;
}
