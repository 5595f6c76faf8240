import type { AccountCode } from '../ledger';
import { gift as moneyLot } from './donations.accounts';
import type { Gift } from './gift.model';
import { goodsLot } from './goods/goods.accounts';

/** The lot that a gift is: of money, or of the value of goods, which nothing that pays may draw from. */
export function lotOfGift({ number, channel }: Pick<Gift, 'number' | 'channel'>): AccountCode {
  return channel === 'goods' ? goodsLot(number) : moneyLot(number);
}
