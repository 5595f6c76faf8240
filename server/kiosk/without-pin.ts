import type { Household } from '../households';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { settingInForce } from '../settings';
import type { PointsBound, Shop } from '../supermarket';
import { pinAbove } from './kiosk.settings';

/**
 * What a household may spend today with nothing but its card (DOMAIN 11, KI1: the PIN only above `pinAbove`), over all kiosks and visits.
 * An allowance, so that neither a basket split into small ones nor two kiosks at once pass it with a card that was found. What is
 * redeemed with the PIN takes nothing from it.
 */
export async function boundWithoutPin(
  ctx: Context,
  { village }: Pick<Shop, 'village'>,
  { surrogate }: Pick<Household, 'surrogate'>,
): Promise<PointsBound> {
  const day = shanghaiDay(ctx.clock.now());
  const { value: most } = await settingInForce(ctx, pinAbove, { day, place: village });
  return { allowance: { rule: 'without-pin', subject: surrogate, period: day }, most };
}
