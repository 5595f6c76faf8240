import { connection, type mongo } from 'mongoose';
import { idOf, writers } from './collections';

const beatEveryMs = 1000;
const silentAfterMs = 2500;

/**
 * Announces which session this process commits in. A killed process leaves its transaction open on the server, and with it the head
 * of the ledger; whoever waits too long ends the sessions of writers that have fallen silent.
 */
export class Writer {
  #timer: NodeJS.Timeout | undefined;
  #session: mongo.UUID | undefined;

  constructor(
    private readonly ledger: string,
    private readonly processId: string,
  ) {}

  /** Starts the heartbeat for a session; called again when the session is a new one. */
  async announce(session: mongo.ClientSession): Promise<void> {
    this.#session = session.id?.id as unknown as mongo.UUID;
    await this.#beat();
    this.#timer ??= setInterval(() => void this.#beat().catch(() => this.#missBeat()), beatEveryMs).unref();
  }

  async #beat(): Promise<void> {
    const update = [{ $set: { ledger: this.ledger, session: this.#session, beatAt: '$$NOW' } }];
    await writers().updateOne({ _id: idOf(this.ledger, this.processId), ledger: this.ledger }, update, { upsert: true });
  }

  /** A missed beat is harmless: at worst another process ends our transaction, and the commit is tried again. */
  #missBeat(): void {}

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await writers()
      .deleteOne({ _id: idOf(this.ledger, this.processId), ledger: this.ledger })
      .catch(() => this.#missBeat()); // without the database, the row falls silent by itself
  }

  /** Ends the sessions of other writers that have been silent, by the clock of the database. Returns how many. */
  async endSilentWriters(): Promise<number> {
    const silent = await writers()
      .find({
        ledger: this.ledger,
        _id: { $ne: idOf(this.ledger, this.processId) },
        $expr: { $lt: ['$beatAt', { $subtract: ['$$NOW', silentAfterMs] }] },
      })
      .toArray();
    if (silent.length === 0) return 0;
    await connection
      .getClient()
      .db('admin')
      .command({ killSessions: silent.map(({ session }) => ({ id: session })) });
    await writers().deleteMany({
      ledger: this.ledger,
      _id: { $in: silent.map(({ _id }) => _id) },
      $expr: { $lt: ['$beatAt', { $subtract: ['$$NOW', silentAfterMs] }] },
    });
    return silent.length;
  }
}
