import type { DivisionCode } from '../../kernel/division-code';
import { type AccountCode, defineAccounts, defineKind, definePools, defineSeries, type PoolCode } from '../../ledger';

/** Given goods that are valued and lie in the store, until a shop puts them on its shelf: `goodsHeld:store`. */
export const goodsHeld = defineAccounts({ name: 'goodsHeld', unit: 'CNY', side: 'debit', floor: 0 });
export const store = goodsHeld('store');

/** Value of given goods for one area, apart from money: nothing that pays draws from here. */
export const givenGoods = definePools({ name: 'givenGoods', unit: 'CNY', side: 'credit' });

/** What of one gift in kind is not on a shelf yet, a lot of its pool: `goodsGift:G-2026-000012`. */
export const goodsGift = defineAccounts({ name: 'goodsGift', unit: 'CNY', side: 'credit', floor: 0, lotsOf: givenGoods.className });

/** The pool of goods for the whole county, or for one area. */
export function goodsPool(area: DivisionCode | undefined): PoolCode {
  return givenGoods('goods', ...(area ? [area] : []));
}

/** The lot that a gift in kind is. */
export function goodsLot(number: string): AccountCode {
  return goodsGift(number);
}

/** Our own number of goods that somebody offers, and of the gift that they become. */
export const goodsNumbers = defineSeries({ name: 'goodsOffer', prefix: 'G' });

/** Accepted goods at the value that their evidence supports (DO3). */
export const goodsValued = defineKind({ name: 'goods.valued', accounts: [goodsHeld, givenGoods, goodsGift], by: ['financeOfficer'] });

// Notes: nothing is booked before the value is known.
export const goodsOffered = defineKind({ name: 'goods.offered', by: ['financeOfficer', 'donorOwner', 'donorMember', 'system'] });
export const goodsPhotographed = defineKind({ name: 'goods.photographed', by: ['financeOfficer', 'system'] });
export const goodsNoted = defineKind({ name: 'goods.noted', by: ['financeOfficer', 'fundManager'] });
