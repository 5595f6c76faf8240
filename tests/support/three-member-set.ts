import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { mongo } from 'mongoose';
import type { EmbeddedServer } from '../../server/platform/embedded/embedded-server';
import { startMember } from '../../server/platform/embedded/start-mongod';

const electionTimeoutMillis = 1000; // the default of 10 s would make a test of many elections long, and nothing else

/** A replica set as a county runs it: two members are a majority, and a third may be away. */
export class ThreeMemberSet {
  private constructor(
    private readonly folder: string,
    private readonly members: EmbeddedServer[],
  ) {}

  static async start(folder: string): Promise<ThreeMemberSet> {
    const members = await Promise.all([0, 1, 2].map((n) => startMember({ dataDir: join(folder, `member${n}`) })));
    const set = new ThreeMemberSet(folder, members);
    const hosts = members.map(({ port }, n) => ({ _id: n, host: `127.0.0.1:${port}` }));
    await set.#ask(0, { replSetInitiate: { _id: 'rs0', members: hosts, settings: { electionTimeoutMillis } } });
    await set.primary();
    return set;
  }

  uri(database: string): string {
    return `mongodb://${this.members.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${database}?replicaSet=rs0`;
  }

  /** The place of the member that takes writes, once there is one. */
  async primary(): Promise<number> {
    for (let attempt = 0; attempt < 600; attempt++) {
      for (const place of this.members.keys()) {
        const hello = await this.#ask(place, { hello: 1 }).catch(() => ({}) as mongo.Document);
        if (hello['isWritablePrimary'] === true) return place;
      }
      await wait(50); // between two looks at a set that is electing
    }
    throw new Error('no primary within 30 s');
  }

  /** `kill -9` of a member. */
  async kill(place: number): Promise<void> {
    process.kill(this.#member(place).pid, 'SIGKILL');
    await this.#member(place).exited;
  }

  /** Starts a killed member over its data; it catches up by itself. */
  async revive(place: number): Promise<void> {
    const { port } = this.#member(place);
    this.members[place] = await startMember({ dataDir: join(this.folder, `member${place}`), port });
  }

  /** Makes the primary hand over, as an operator does before maintenance. */
  async stepDown(): Promise<void> {
    await this.#ask(await this.primary(), { replSetStepDown: 5, secondaryCatchUpPeriodSecs: 2 });
  }

  freeze(place: number): void {
    process.kill(this.#member(place).pid, 'SIGSTOP');
  }

  thaw(place: number): void {
    process.kill(this.#member(place).pid, 'SIGCONT');
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => member.stop()));
  }

  #member(place: number): EmbeddedServer {
    const member = this.members[place];
    if (!member) throw new Error(`no member ${place}`);
    return member;
  }

  async #ask(place: number, command: mongo.Document): Promise<mongo.Document> {
    const client = new mongo.MongoClient(this.#member(place).url, { serverSelectionTimeoutMS: 500, socketTimeoutMS: 10_000 });
    try {
      return await client.db('admin').command(command);
    } finally {
      await client.close();
    }
  }
}
