import { topic } from '../../platform/queues/job';
import { zId } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';

/** What the giver of a monthly gift is told. */
const monthlyNews = ['begun', 'failed', 'paused', 'resumed', 'sum', 'ended', 'unpaid'] as const;
export type MonthlyNews = (typeof monthlyNews)[number];

/** Something has happened to a monthly gift that its giver should know. `about` tells one such thing from the next. */
export const monthlyMoved = topic(
  'monthlyGift.moved',
  z.object({ monthlyId: zId('mon'), news: z.enum(monthlyNews), about: z.string().max(80) }),
);
