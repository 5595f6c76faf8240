import { zId, zNfcText, zRequestKey, zWhole } from '../platform/validation/types';
import { z } from '../platform/validation/zod';

export const enrolKioskInput = z.object({ requestKey: zRequestKey, shop: zId('shp'), name: zNfcText(20) });
export type EnrolKioskInput = z.output<typeof enrolKioskInput>;

export const kioskRef = z.object({ id: zId('kio') });
export type KioskRef = z.output<typeof kioskRef>;

export const pairKioskInput = z.object({ code: zNfcText(20) });
export const cardInput = z.object({ card: z.string().max(200), from: z.enum(['wake', 'number']).default('wake') });
export const pinInput = z.object({ pin: z.string().regex(/^\d{4}$/, 'wrong-format') });

const basketText = /^(prd_[0-9a-z]{20}:[1-9]\d?:\d{1,6})(,prd_[0-9a-z]{20}:[1-9]\d?:\d{1,6}){0,19}$/;

/** What the confirmation page showed: products, pieces and prices, so that exactly this is redeemed or nothing. */
export const shownBasket = z.object({
  requestKey: zRequestKey,
  basket: z
    .string()
    .regex(basketText, 'wrong-format')
    .transform((text) =>
      text.split(',').map((line) => {
        const [product = '', pieces, points] = line.split(':');
        return { product, pieces: Number(pieces), points: Number(points) };
      }),
    ),
});

/** A tap on + or −: which product, and on which page of the shelf or from the confirmation it was tapped. */
export const tapInput = z.object({
  more: zId('prd').optional(),
  less: zId('prd').optional(),
  page: zWhole(1, 100).default(1),
  on: z.enum(['goods', 'confirmation']).default('goods'),
});

export const shelfPage = z.object({ page: zWhole(1, 100).default(1) });
export const wakeQuery = z.object({ wrong: z.enum(['card', 'digits', 'empty']).optional() });
export const helpQuery = z.object({ about: z.enum(['pin']).optional() });
