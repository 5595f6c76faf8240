import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { operator } from '../platform/mongo/operators';
import { asSystem } from './as-system';
import { Gift } from './gift.model';
import { openStates } from './gift.states';
import type { Giving } from './giving';
import { currentAttempt } from './pay-attempts';
import { sessionOfAttempt } from './pay-online';
import { receiveGift } from './receive-gift';
import { giveUpAttempt, settleSession } from './settle-session';

const minuteMs = 60_000;
/** A gift this young is left to the webhook and the return page. */
const settlesItselfMs = 10 * minuteMs;
/** The provider ends a session after 24 hours; an hour more for its clock. */
const sessionLivesMs = 25 * 60 * minuteMs;
/** After 24 hours the provider may have forgotten a key, and the same key would open a second session. */
const keyLivesMs = 23 * 60 * minuteMs;

/** How many open gifts were looked at, and what became of them. */
export type Reconciled = Record<'looked' | 'paid' | 'expired' | 'mismatch' | 'waiting' | 'unanswered', number>;

/**
 * Looks after each open gift that is older than ten minutes: asks the provider about its session, which finds a payment when the
 * webhook and the event list both fail (STRIPE 2.7), and books a recorded transfer that a crash left unbooked. Idempotent.
 * @throws what the first gift met that could not be settled, when all the others have been looked at.
 */
export async function reconcileOpenGifts(ctx: Context, giving: Giving | undefined): Promise<Reconciled> {
  const acting = asSystem(ctx, 'sweep');
  const found: Reconciled = { looked: 0, paid: 0, expired: 0, mismatch: 0, waiting: 0, unanswered: 0 };
  const failures: unknown[] = [];
  for await (const gift of giftsToLookAt(acting)) {
    found.looked += 1;
    try {
      found[await settleOne(acting, giving, gift)] += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return found;
}

/** Open gifts, the oldest first; then those that a transfer has paid, or the giver has withdrawn, while a session was open, until that can be paid no more. */
async function* giftsToLookAt(ctx: Context): AsyncGenerator<Gift> {
  const ago = (milliseconds: number) => new Date(ctx.clock.now().getTime() - milliseconds);
  const state = operator({ $in: [...openStates] });
  yield* Gift.find({ ledger: ctx.ledger, 'state.name': state, openedAt: operator({ $lt: ago(settlesItselfMs) }) })
    .sort({ openedAt: 1, _id: 1 })
    .lean()
    .cursor();
  const paid = { 'received.at': operator({ $gte: ago(sessionLivesMs) }), 'received.into': 'bankTransfer' } as const;
  const withdrawn = { 'state.name': 'withdrawn', 'state.at': operator({ $gte: ago(sessionLivesMs) }) } as const;
  for (const over of [paid, withdrawn]) {
    yield* Gift.find({ ledger: ctx.ledger, ...over, 'attempts.sessionId': operator({ $exists: true }) })
      .lean()
      .cursor();
  }
}

async function settleOne(ctx: Context, giving: Giving | undefined, gift: Gift): Promise<Exclude<keyof Reconciled, 'looked'>> {
  if (gift.transfer && !gift.received) {
    await receiveGift(ctx, gift._id, { on: gift.transfer.on, into: 'bankTransfer', proof: gift.transfer.serial });
    return 'paid';
  }
  const attempt = currentAttempt(gift);
  if (!attempt || !giving) return 'waiting'; // an announced transfer waits for the bank
  const isOver = gift.received !== undefined || gift.state.name === 'withdrawn';
  if (isOver && !attempt.sessionId) return 'waiting'; // nobody was led to its page: no session is to be opened now
  if (!attempt.sessionId && ctx.clock.now().getTime() - attempt.startedAt.getTime() > keyLivesMs) {
    await giveUpAttempt(ctx, gift._id);
    return 'expired';
  }
  try {
    const ending = gift.state.name === 'withdrawn' ? attempt.sessionId : undefined; // which nobody is to pay: the job may have failed
    const session = await (ending ? giving.provider.expireCheckoutSession(ending) : sessionOfAttempt(ctx, giving, gift, attempt));
    const verdict = await settleSession(ctx, giving, gift._id, session);
    return verdict === 'open' || verdict === 'processing' ? 'waiting' : verdict;
  } catch (error) {
    // Not found: the account at the provider was changed. It must not keep the others from being looked at.
    if (error instanceof AppError && (error.code === 'service.unavailable' || error.code === 'not-found')) return 'unanswered';
    throw error;
  }
}
