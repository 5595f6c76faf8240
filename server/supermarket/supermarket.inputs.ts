import { type DivisionCode, isDivisionCode, levelOf } from '../kernel/division-code';
import { fen } from '../kernel/money';
import { zId, zLocalDate, zNfcText, zPage, zRequestKey, zWhole, zYuan } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { goods, goodsCategories } from './goods';

const mostPieces = 100_000;
const mostPoints = 100_000;
/** More in one delivery is a slip of the finger, and would leave the shop's stock no room for the next. */
const largestDeliveryFen = fen(10_000_000_00);
/** More of one product in one basket is a slip of the finger. */
const mostInBasket = 99;

const openShopInput = z.object({
  requestKey: zRequestKey,
  name: zNfcText(30),
  village: z
    .string()
    .refine((code) => isDivisionCode(code) && levelOf(code) === 'village', 'not-a-village')
    .transform((code) => code as DivisionCode),
  code: z.string().regex(/^[A-Z][A-Z0-9]{1,5}$/, 'wrong-format'),
  phone: zNfcText(20),
});
export type OpenShopInput = z.output<typeof openShopInput>;

const addProductInput = z.object({
  requestKey: zRequestKey,
  name: zNfcText(20),
  pack: zNfcText(20),
  good: z.enum(goods),
  category: z.enum(goodsCategories),
  points: zWhole(1, mostPoints),
  rank: zWhole(1, 1_000),
});
export type AddProductInput = z.output<typeof addProductInput>;

const priceProductInput = z.object({ requestKey: zRequestKey, id: zId('prd'), points: zWhole(1, mostPoints) });
export type PriceProductInput = z.output<typeof priceProductInput>;

export const receiveDeliveryInput = z.object({
  requestKey: zRequestKey,
  shop: zId('shp'),
  product: z
    .string()
    .min(1, 'required')
    .regex(/^prd_[0-9a-z]{20}$/, 'not-a-choice'),
  pieces: zWhole(1, mostPieces),
  valueYuan: zYuan({ min: fen(0), max: largestDeliveryFen }),
  lastDay: z.union([z.literal('').transform(() => undefined), zLocalDate]).optional(),
  supplier: zNfcText(60),
});
export type ReceiveDeliveryInput = z.output<typeof receiveDeliveryInput>;

/** `given` is a line of an offer, `gof_…:0`; `quantity` counts in its unit, `pieces` in the shop's. */
export const shelveGivenInput = z.object({
  requestKey: zRequestKey,
  shop: zId('shp'),
  given: z
    .string()
    .min(1, 'required')
    .regex(/^gof_[0-9a-z]{20}:\d{1,2}$/, 'not-a-choice'),
  quantity: zWhole(1, mostPieces),
  product: z
    .string()
    .min(1, 'required')
    .regex(/^prd_[0-9a-z]{20}$/, 'not-a-choice'),
  pieces: zWhole(1, mostPieces),
});
export type ShelveGivenInput = z.output<typeof shelveGivenInput>;

/** `points` is the price that the person saw: when it has changed, nothing is handed out and the new one is shown. */
const basketLine = z.object({ product: zId('prd'), pieces: zWhole(1, mostInBasket), points: zWhole(1, mostPoints) });
const redeemInput = z.object({
  requestKey: zRequestKey,
  shop: zId('shp'),
  household: zId('hh'),
  basket: z
    .array(basketLine)
    .min(1)
    .max(goods.length * 2),
});
export type RedeemInput = z.output<typeof redeemInput>;
export type BasketLine = z.output<typeof basketLine>;

export const shopRef = z.object({ shop: zId('shp') });
export const redemptionRef = z.object({ id: zId('rdm') });
export const redemptionFilters = z.object({ ...zPage.shape });
export type RedemptionFilters = z.output<typeof redemptionFilters>;
