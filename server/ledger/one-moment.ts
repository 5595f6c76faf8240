import { connection, type mongo } from 'mongoose';
import type { Context } from '../kernel/context';
import { heads } from './collections';

/** One moment of the book: reads in the session see it as it was then, and `seq` is the last entry that they see. */
export interface Moment {
  seq: number;
  session: mongo.ClientSession;
}

/**
 * Reads balances that move, and what stands beside them, at one moment: else what is booked in between would be in one figure and not in
 * the other. Entries never change, so sums of them need no session, only `seq` as their end. One read at a time: the first sets the moment.
 */
export async function atOneMoment<T>(ctx: Pick<Context, 'ledger'>, read: (moment: Moment) => Promise<T>): Promise<T> {
  const session = connection.getClient().startSession({ snapshot: true });
  try {
    const head = await heads().findOne({ _id: ctx.ledger, ledger: ctx.ledger }, { session });
    return await read({ seq: head?.seq ?? 0, session });
  } finally {
    await session.endSession();
  }
}
