import type { GoodsState } from './goods.states';
import type { GoodsOffer } from './goods-offer.model';

/** Photos of each side. */
export const mostPhotos = 3;

/** Until its value is booked: then the photos are its evidence, and stay. */
const photoStates: readonly GoodsState[] = ['offered', 'inspected', 'accepted'];

export function mayTakePhotos({ state }: Pick<GoodsOffer, 'state'>): boolean {
  return photoStates.includes(state.name);
}
