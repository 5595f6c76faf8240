import { z } from '../platform/validation/zod';
import { defineSetting } from '../settings';
import { goods, goodsCategories } from './goods';
import { readLimits, writeLimits } from './item-limits';

const room = 'supermarket';
const zLimit = z.object({
  good: z.enum(goods, { error: 'setting.not-a-table' }),
  pieces: z.int({ error: 'setting.not-a-table' }).min(1).max(1_000),
  per: z.enum(['month', 'year'], { error: 'setting.not-a-table' }),
});

/** How much of a good a household may redeem (demo): rice 2 a month, quilt 1 a year. One good has one limit. */
export const itemLimits = defineSetting({
  name: 'limit.item',
  room,
  unit: 'table',
  schema: z
    .array(zLimit)
    .max(goods.length)
    .refine((limits) => new Set(limits.map(({ good }) => good)).size === limits.length, 'setting.not-a-table'),
  sample: [
    { good: 'rice', pieces: 2, per: 'month' },
    { good: 'quilt', pieces: 1, per: 'year' },
  ],
  text: { read: readLimits, write: writeLimits },
});

/** Categories that no shop may hand out: Charity Law 40 bars promoting tobacco, nothing allows alcohol (DOMAIN 10, SH3). */
export const forbiddenCategories = defineSetting({
  name: 'forbidden',
  room,
  unit: 'table',
  schema: z.array(z.enum(goodsCategories, { error: 'setting.not-a-table' })).max(goodsCategories.length),
  sample: ['tobacco', 'alcohol'],
  text: { read: (text) => text.split(/\s+/).filter(Boolean), write: (categories) => categories.join('\n') },
});
