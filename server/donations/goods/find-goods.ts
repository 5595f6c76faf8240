import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import type { PageRequest } from '../../platform/validation/types';
import type { Donor } from '../donor.model';
import { ofDonor } from '../own-donor';
import type { GoodsState } from './goods.states';
import { GoodsOffer } from './goods-offer.model';

type County = Pick<Context, 'ledger'>;

/** An offer for staff and for acts: offers belong to the county. @throws `not-found` */
export async function findOfferOrThrow(ctx: County, id: string): Promise<GoodsOffer> {
  return (await GoodsOffer.findOne({ _id: id, ledger: ctx.ledger }).lean<GoodsOffer>()) ?? fail('not-found');
}

/** The offer behind a public link. @throws `not-found` */
export async function findOfferByCodeOrThrow(ctx: County, code: string): Promise<GoodsOffer> {
  return (await GoodsOffer.findOne({ ledger: ctx.ledger, code }).lean<GoodsOffer>()) ?? fail('not-found');
}

/** One of an organisation's own offers. @throws `not-found` also for another's. */
export async function findOwnOfferOrThrow(ctx: Context, donor: Donor, id: string): Promise<GoodsOffer> {
  return (await GoodsOffer.findOne({ _id: id, ...ofDonor(ctx, donor, 'offeredAt') }).lean<GoodsOffer>()) ?? fail('not-found');
}

/** Offers in one state, newest first. */
export async function findOffers(ctx: County, { view, ...page }: PageRequest & { view: GoodsState }): Promise<Page<GoodsOffer>> {
  return pageOf(GoodsOffer, { filter: { ledger: ctx.ledger, 'state.name': view }, order: { offeredAt: -1 } }, page);
}

/** How many offers stand where. */
export async function countOffers(ctx: County): Promise<Partial<Record<GoodsState, number>>> {
  const found = await GoodsOffer.aggregate<{ _id: GoodsState; count: number }>([
    { $match: { ledger: ctx.ledger } },
    { $group: { _id: '$state.name', count: { $sum: 1 } } },
  ]);
  return Object.fromEntries(found.map(({ _id, count }) => [_id, count]));
}

/** An organisation's own offers, newest first. */
export async function findOwnOffers(ctx: Context, donor: Donor, page: PageRequest): Promise<Page<GoodsOffer>> {
  return pageOf(GoodsOffer, { filter: ofDonor(ctx, donor, 'offeredAt'), order: { offeredAt: -1 } }, page);
}
