import { connection, mongo } from 'mongoose';
import type { Context } from '../kernel/context';
import { heads } from './collections';

/** One moment of the book: reads in the session see it as it was then, and `seq` is the last entry that they see. */
export interface Moment {
  seq: number;
  session: mongo.ClientSession;
}

const tries = 3;
const snapshotTooOld = 239; // MongoDB's: the server keeps what was for some minutes only

/**
 * Reads balances that move, and what stands beside them, at one moment: else what is booked in between would be in one figure and not in
 * the other. Entries never change, so sums of them need no session, only `seq` as their end. One read at a time: the first sets the moment.
 * Where reading takes longer than the database remembers, it begins anew at a later moment.
 */
export async function atOneMoment<T>(ctx: Pick<Context, 'ledger'>, read: (moment: Moment) => Promise<T>): Promise<T> {
  for (let left = tries; ; left -= 1) {
    const session = connection.getClient().startSession({ snapshot: true });
    try {
      const head = await heads().findOne({ _id: ctx.ledger, ledger: ctx.ledger }, { session });
      return await read({ seq: head?.seq ?? 0, session });
    } catch (error) {
      if (!(error instanceof mongo.MongoServerError) || error.code !== snapshotTooOld || left <= 1) throw error;
    } finally {
      await session.endSession();
    }
  }
}
