import mongoose from 'mongoose';
import type { Context } from '../../kernel/context';
import { AppError, fail, failField } from '../../kernel/errors';
import { randomId } from '../../kernel/random';
import { decryptField, encryptField } from '../crypto/encrypt-field';
import { hashOfAsked } from '../crypto/hash-of-asked';
import { operator } from '../mongo/operators';
import { zRequestKey } from '../validation/types';
import { ApiRequest } from './api-request.model';

export interface Answer {
  status: number;
  body: unknown;
}

/** One change that a program asks for under its `Idempotency-Key`. */
export interface KeyedRequest {
  key: string;
  method: string;
  path: string;
  input: unknown;
}

const duplicateKey = 11_000;
const workedOnMs = 30_000; // nothing that a request does takes effect later (LEDGER 2)

/**
 * Does the work once per key of the actor and gives the same answer to each repetition, for a day. A refusal leaves the key free, and so
 * does an outcome that is not known or waits for somebody outside: each act is idempotent by itself, so that it may be asked again.
 * @throws AppError `ledger.conflict` for the key of another request, `request.running` while the first is still worked on.
 */
export async function answerOnce(
  ctx: Context,
  asked: KeyedRequest,
  work: () => Promise<Answer & { isPending?: boolean }>,
): Promise<Answer> {
  if (!zRequestKey.safeParse(asked.key).success) failField('requestKey', 'not-an-id');
  const place = { _id: `${ctx.ledger}/${ctx.actor.id}/${asked.key}`, ledger: ctx.ledger };
  const hash = hashOfAsked([asked.method, asked.path, sorted(asked.input)]);
  const attempt = randomId(ctx.random, 'try');
  const known = await claim(ctx, place, hash, attempt, asked.key);
  if (known) return { status: known.status, body: JSON.parse(decryptField(known.sealed, place._id)) as unknown };
  const free = () => ApiRequest.deleteOne({ ...place, attempt, answer: operator({ $exists: false }) });
  try {
    const answer = await work();
    if (answer.isPending) {
      await free();
      return answer;
    }
    const sealed = encryptField(JSON.stringify(answer.body), place._id);
    await ApiRequest.updateOne({ ...place, attempt }, { $set: { answer: { status: answer.status, sealed } }, $inc: { version: 1 } });
    return answer;
  } catch (error) {
    await free();
    throw error;
  }
}

/** Takes the key for this attempt, or gives the answer that stands under it. */
async function claim(
  ctx: Context,
  place: { _id: string; ledger: string },
  asked: string,
  attempt: string,
  key: string,
): Promise<ApiRequest['answer']> {
  const at = ctx.clock.now();
  try {
    await ApiRequest.create({ ...place, version: 1, asked, attempt, at });
    return undefined;
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== duplicateKey) throw error;
  }
  const known = await ApiRequest.findOne(place).lean<ApiRequest>();
  if (!known) throw running(); // refused this very moment: the key is free for the next try
  if (known.asked !== asked) fail('ledger.conflict', { key });
  if (known.answer) return known.answer;
  if (at.getTime() - known.at.getTime() < workedOnMs) throw running();
  const taken = await ApiRequest.updateOne({ ...place, attempt: known.attempt }, { $set: { attempt, at }, $inc: { version: 1 } });
  if (taken.modifiedCount === 0) throw running();
  return undefined;
}

function running(): AppError {
  return new AppError('request.running', { retryAfterS: 1 });
}

/** The same input in one order of its fields. */
function sorted(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(sorted);
  if (typeof input !== 'object' || input === null) return input;
  return Object.entries(input)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => [name, sorted(value)]);
}
