import type { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { goodsStates } from '../goods/goods.states';
import type { GoodsOffer } from '../goods/goods-offer.model';
import type { KeptGiver } from '../kept-giver.model';

/**
 * Whether what was announced may be taken back with nothing but its link: by a person, or by whoever typed an organisation's name and a
 * phone number. What a member of an organisation announced is the organisation's, and only its members take it back.
 */
export function isHeldByLink({ donor, contact }: Pick<KeptGiver, 'contact'> & { donor?: string }): boolean {
  return donor === undefined || contact !== undefined;
}

/** A gift that is only announced: no money has come for it, none lies apart, and no line of the bank is about to be booked. */
export function isOnlyAnnounced({ state, channel, transfer, problem }: Pick<Gift, 'state' | 'channel' | 'transfer' | 'problem'>): boolean {
  return giftStates.may(state.name, 'withdrawn') && channel !== 'cash' && !transfer && !problem;
}

/** Goods that nobody has come to see yet. */
export function isOnlyOffered({ state }: Pick<GoodsOffer, 'state'>): boolean {
  return goodsStates.may(state.name, 'withdrawn');
}
