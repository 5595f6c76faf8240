import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { AppError, fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { randomId } from '../kernel/random';
import { post } from '../ledger';
import { matchesSlowHash } from '../platform/crypto/slow-hash';
import { change, unchanged } from '../platform/mongo/document-writes';
import { settingInForce } from '../settings';
import { HouseholdPin } from './card.model';
import { Household } from './household.model';
import { pinTried } from './households.kinds';
import { pinTries } from './households.settings';

/** `wrong` says how many tries are left; at 0 it is `locked`, and the cadre gives a new one after a look at the ID (DOMAIN 11, KI1). */
type PinAnswer = { answer: 'right' } | { answer: 'wrong'; triesLeft: number } | { answer: 'locked' };

const racesTolerated = 5;

/**
 * Compares a PIN. No answer is given before its try is counted, in one commit with what it was: so that guesses sent in parallel to many
 * kiosks count one by one, and the audit says of each whether it was right. A right one sets the count back.
 */
export async function verifyPin(ctx: Context, household: string, pin: string): Promise<PinAnswer> {
  const most = await mostTries(ctx, household);
  const compared = new Map<string, boolean>(); // slow, and needed once while nobody gives a new PIN
  for (let race = 0; race < racesTolerated; race += 1) {
    const stored = (await HouseholdPin.findOne({ _id: household, ledger: ctx.ledger }).lean<HouseholdPin>()) ?? fail('not-found');
    if (stored.tries >= most) return { answer: 'locked' };
    const isRight = compared.get(stored.hash) ?? (await matchesSlowHash(stored.hash, pin));
    compared.set(stored.hash, isRight);
    const tries = isRight ? 0 : stored.tries + 1;
    const answer = isRight ? 'right' : tries < most ? 'wrong' : 'locked';
    if (!(await keep(ctx, stored, tries, answer))) continue;
    return answer === 'wrong' ? { answer, triesLeft: most - tries } : { answer };
  }
  return fail('state.stale');
}

/** Since when a household's PIN is locked, as far as it is known; undefined when it is not, or there is none. */
export async function lockedPin(ctx: Context, household: string): Promise<{ since?: Date } | undefined> {
  const stored = await HouseholdPin.findOne({ _id: household, ledger: ctx.ledger }).lean<HouseholdPin>();
  if (!stored || stored.tries < (await mostTries(ctx, household))) return undefined;
  return { ...(stored.triedAt && { since: stored.triedAt }) };
}

async function mostTries(ctx: Context, household: string): Promise<number> {
  const found = await Household.findOne({ _id: household, ledger: ctx.ledger }, { village: 1 }).lean<Pick<Household, 'village'>>();
  const at = { day: shanghaiDay(ctx.clock.now()), place: found?.village ?? fail('not-found') };
  return (await settingInForce(ctx, pinTries, at)).value;
}

/** False when another try came first: the count has to be read again. */
async function keep(ctx: Context, stored: HouseholdPin, tries: number, result: PinAnswer['answer']): Promise<boolean> {
  try {
    await post(ctx, {
      key: `pin:${randomId(ctx.random, 'try')}`,
      kind: pinTried,
      source: { type: 'household', id: stored._id },
      guards: [unchanged(HouseholdPin, stored)],
      writes: () => [
        change(HouseholdPin, stored, { tries, triedAt: ctx.clock.now() }),
        recorded(ctx, 'pin.tried', { type: 'household', id: stored._id }, { result }),
      ],
    });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'state.stale') return false;
    throw error;
  }
}
