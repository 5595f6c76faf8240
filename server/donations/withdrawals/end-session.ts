import type { Context } from '../../kernel/context';
import { findGiftById } from '../find-gifts';
import type { Giving } from '../giving';
import { currentAttempt } from '../pay-attempts';
import { settleSession } from '../settle-session';

/**
 * Ends at the provider the session of a gift that was taken back, so that nobody pays at its old address; one that was paid before is
 * settled as ever. @throws `service.unavailable` while the provider does not answer: it is to be asked again.
 */
export async function endSessionOfWithdrawn(ctx: Context, giving: Giving | undefined, giftId: string): Promise<void> {
  const gift = await findGiftById(ctx, giftId);
  const sessionId = currentAttempt(gift)?.sessionId;
  if (!giving || !sessionId || gift.state.name !== 'withdrawn') return;
  await settleSession(ctx, giving, giftId, await giving.provider.expireCheckoutSession(sessionId));
}
