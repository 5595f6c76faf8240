import { findHouseholdByCard, type Household, householdsById } from '../households';
import type { Context } from '../kernel/context';
import { readToken, signToken } from '../platform/crypto/signed-token';

const purpose = 'kiosk-visit';
const holdsMs = 5 * 60_000;

/** A code that a family shows on its phone instead of the card. It ends soon, so that a picture of it is worth nothing tomorrow. */
export function phoneCodeOf({ clock }: Pick<Context, 'clock'>, household: Pick<Household, '_id'>): { text: string; until: Date } {
  const until = new Date(clock.now().getTime() + holdsMs);
  return { text: signToken(purpose, household._id, until), until };
}

/** Whose card or phone code was read, or undefined for anything else. */
export async function householdOfScan(ctx: Context, scanned: string): Promise<Household | undefined> {
  const id = readToken(purpose, scanned.trim(), ctx.clock);
  if (!id) return findHouseholdByCard(ctx, scanned);
  const household = (await householdsById(ctx, [id])).get(id);
  return household?.state.name === 'active' ? household : undefined;
}
