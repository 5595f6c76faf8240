import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { asSystem } from '../as-system';
import { findOfferByCodeOrThrow, findOfferOrThrow, findOwnOfferOrThrow } from '../goods/find-goods';
import { goodsStates } from '../goods/goods.states';
import { GoodsOffer } from '../goods/goods-offer.model';
import { ownDonorOrThrow } from '../own-donor';
import { isHeldByLink } from './may-withdraw';
import { goodsWithdrawn } from './withdrawals.kinds';

/** By whoever has the link of an offer that no member made. @throws `not-found`, `access.denied`, `state.not-allowed` */
export async function withdrawOfferByLink(ctx: Context, { code }: { code: string }): Promise<GoodsOffer> {
  const offer = await findOfferByCodeOrThrow(ctx, code);
  if (!isHeldByLink(offer)) fail('access.denied');
  return withdraw(ctx, asSystem(ctx, 'give-page'), offer);
}

/** By a member of the organisation that made it. @throws `not-found`, `state.not-allowed` */
export async function withdrawOfferOfOwn(ctx: Context, { id }: { id: string }): Promise<GoodsOffer> {
  return withdraw(ctx, ctx, await findOwnOfferOrThrow(ctx, await ownDonorOrThrow(ctx, 'gift.give'), id));
}

/** By staff, for a giver who asked for it. @throws `not-found`, `state.not-allowed` */
export async function withdrawOffer(ctx: Context, { id, reason }: { id: string; reason: string }): Promise<GoodsOffer> {
  return withdraw(ctx, ctx, await findOfferOrThrow(ctx, id), reason);
}

/** Takes back goods that nobody has inspected yet; once they were seen, the county decides. */
async function withdraw(ctx: Context, posting: Context, offer: GoodsOffer, reason?: string): Promise<GoodsOffer> {
  const { _id: id } = offer;
  if (offer.state.name === 'withdrawn') return offer; // a second click
  const state = goodsStates.enter(offer.state, 'withdrawn', ctx);
  await post(posting, {
    key: `goodsOffer:${id}:withdrawn`,
    kind: goodsWithdrawn,
    source: { type: 'goodsOffer', id },
    guards: [unchanged(GoodsOffer, offer)],
    writes: () => [
      change(GoodsOffer, offer, { state }),
      recorded(ctx, 'goods.withdrawn', { type: 'goodsOffer', id }, reason === undefined ? {} : { reason }),
    ],
  });
  return findOfferOrThrow(ctx, id);
}
