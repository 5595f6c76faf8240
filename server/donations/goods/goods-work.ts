import { may } from '../../identity';
import type { Context } from '../../kernel/context';
import { anyOf, operator } from '../../platform/mongo/operators';
import type { GoodsState } from './goods.states';
import { GoodsOffer } from './goods-offer.model';

/** Offers whose next step this person may take. */
export async function countGoodsWork(ctx: Context): Promise<number> {
  const states: GoodsState[] = [
    ...(may(ctx.actor, 'goods.inspect') ? (['offered'] as const) : []),
    ...(may(ctx.actor, 'goods.decide') ? (['inspected'] as const) : []),
    ...(may(ctx.actor, 'goods.value') ? (['accepted'] as const) : []),
  ];
  if (states.length === 0) return 0;
  const others = operator({ $ne: ctx.actor.id });
  return GoodsOffer.countDocuments({ ledger: ctx.ledger, 'state.name': anyOf(states), 'inspection.by': others, offeredBy: others });
}
