import { mongo } from 'mongoose';

/** This process has closed its connection: nobody here will ever know more. */
export function isGone(error: unknown): boolean {
  const gone = [mongo.MongoNotConnectedError, mongo.MongoTopologyClosedError, mongo.MongoClientClosedError];
  return gone.some((kind) => error instanceof kind);
}

/** Our session was ended by another process that took us for dead, or the server ended the transaction for its age. */
const interrupted = new Set<unknown>([11_601, 237, 262, 290]); // Interrupted, CursorKilled, ExceededTimeLimit, transaction lifetime

/** Network trouble, a write conflict, an election, a commit without a reply: the same batch again finds what was done. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof mongo.MongoError)) return false;
  if (error instanceof mongo.MongoNetworkError || error instanceof mongo.MongoServerSelectionError) return true;
  if (error instanceof mongo.MongoServerError && interrupted.has(error.code)) return true;
  const labels = ['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError'];
  return labels.some((label) => error.hasErrorLabel(label));
}
