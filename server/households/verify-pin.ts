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
 * Compares a PIN. Each try is counted in a commit of its own before it is compared, so that guesses sent in parallel to many kiosks
 * count one by one; a right one sets the count back.
 */
export async function verifyPin(ctx: Context, household: string, pin: string): Promise<PinAnswer> {
  const most = await mostTries(ctx, household);
  const counted = await countTry(ctx, household, most);
  if (!counted) return { answer: 'locked' };
  if (await matchesSlowHash(counted.hash, pin)) {
    await keep(ctx, counted, 0);
    return { answer: 'right' };
  }
  const triesLeft = most - counted.tries;
  return triesLeft > 0 ? { answer: 'wrong', triesLeft } : { answer: 'locked' };
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

/** The PIN with this try counted, or undefined when none is left. */
async function countTry(ctx: Context, household: string, most: number): Promise<HouseholdPin | undefined> {
  for (let race = 0; race < racesTolerated; race += 1) {
    const stored = (await HouseholdPin.findOne({ _id: household, ledger: ctx.ledger }).lean<HouseholdPin>()) ?? fail('not-found');
    if (stored.tries >= most) return undefined;
    if (await keep(ctx, stored, stored.tries + 1)) return { ...stored, tries: stored.tries + 1, version: stored.version + 1 };
  }
  return fail('state.stale');
}

/** False when another try came first: the count has to be read again. */
async function keep(ctx: Context, stored: HouseholdPin, tries: number): Promise<boolean> {
  try {
    await post(ctx, {
      key: `pin:${randomId(ctx.random, 'try')}`,
      kind: pinTried,
      source: { type: 'household', id: stored._id },
      guards: [unchanged(HouseholdPin, stored)],
      writes: () => [
        change(HouseholdPin, stored, { tries, ...(tries > 0 && { triedAt: ctx.clock.now() }) }),
        ...(tries > stored.tries ? [recorded(ctx, 'pin.tried', { type: 'household', id: stored._id })] : []),
      ],
    });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'state.stale') return false;
    throw error;
  }
}
