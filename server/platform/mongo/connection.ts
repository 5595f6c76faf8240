import mongoose from 'mongoose';
import type { Clock } from '../../kernel/clock';

const clockToleranceMs = 5_000; // the ledger's times come from this clock: two processes apart would reorder the book (LEDGER §3)
/** A server that freezes, or a network that swallows, is noticed after their sum; the driver's own 40 s would hold up the whole county. */
const liveness = { heartbeatFrequencyMS: 2_000, connectTimeoutMS: 5_000 };
const oldestWireVersion = 17; // MongoDB 6.0

/** The answer of the server's `hello` that matters here. */
export interface ServerFacts {
  setName?: string;
  /** `isdbgrid` on a router of a sharded cluster. */
  msg?: string;
  maxWireVersion: number;
  localTime: Date;
}

/**
 * Connects Mongoose's default connection, which all models use.
 * @throws Error when the server does not answer within 10 s, has no transactions, is older than 6.0, or its clock is 5 s off ours.
 */
export async function connectMongo(uri: string, clock: Clock): Promise<void> {
  mongoose.set('sanitizeFilter', true); // operators in a filter that came from outside become plain values
  mongoose.set('strictQuery', 'throw');
  mongoose.set('bufferCommands', false); // an act before the connection is a fault, not something to wait for
  await mongoose.connect(uri, { autoIndex: false, autoCreate: false, serverSelectionTimeoutMS: 10_000, retryWrites: true, ...liveness });
  const asked = clock.now().getTime();
  const hello = (await mongoose.connection.db?.admin().command({ hello: 1 })) as ServerFacts | undefined;
  const halfway = (asked + clock.now().getTime()) / 2;
  const problem = hello ? unfit(hello, halfway) : 'the connection names no database';
  if (!problem) return;
  await mongoose.disconnect();
  throw new Error(`Cannot use this database: ${problem}`);
}

/** Why a server cannot carry the ledger, or nothing. `nowMs` is our clock at the moment of the answer. */
export function unfit(server: ServerFacts, nowMs: number): string | undefined {
  const skewMs = Math.abs(server.localTime.getTime() - nowMs);
  if (!server.setName && server.msg !== 'isdbgrid') return 'it is neither a replica set nor a sharded cluster, so it has no transactions';
  if (server.maxWireVersion < oldestWireVersion) return 'it is older than MongoDB 6.0';
  if (skewMs > clockToleranceMs) return `its clock and ours are ${Math.floor(skewMs / 1000)} s apart; synchronise both (NTP)`;
  return undefined;
}

/** True when the database answers now. */
export async function mongoAnswers(): Promise<boolean> {
  if (mongoose.connection.readyState !== mongoose.ConnectionStates.connected) return false;
  try {
    await mongoose.connection.db?.admin().command({ ping: 1 }, { timeoutMS: 2_000 });
    return true;
  } catch {
    return false; // the answer to the question; the driver logs and mends the connection itself
  }
}

/** Closes the default connection. */
export async function disconnectMongo(): Promise<void> {
  await mongoose.disconnect();
}
