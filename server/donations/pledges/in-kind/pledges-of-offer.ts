import type { Context } from '../../../kernel/context';
import { anyOf } from '../../../platform/mongo/operators';
import { recordsOfSame } from '../../donors';
import type { GoodsOffer } from '../../goods/goods-offer.model';
import { Pledge } from '../pledge.model';

/** The pledges that goods of an offer fulfil; of one and the same giver, as they were assigned. */
export async function pledgesOfOffer(ctx: Pick<Context, 'ledger'>, { _id, donor, lines }: GoodsOffer): Promise<Pledge[]> {
  if (donor === undefined || lines.every(({ pledged = 0 }) => pledged === 0)) return [];
  const records = anyOf(await recordsOfSame(ctx, donor));
  return Pledge.find({ ledger: ctx.ledger, donor: records, 'keptInKind.offer.id': _id }).sort({ recordedAt: 1, _id: 1 }).lean<Pledge[]>();
}
