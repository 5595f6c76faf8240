import { alongside, zId, zLocalDate, zNfcText, zPage, zRequestKey, zWhole } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { ruleHeads } from './point-rule.model';

const mostPoints = 1_000;

const addPointRuleInput = z.object({
  requestKey: zRequestKey,
  head: z.enum(ruleHeads),
  item: zNfcText(20),
  score: zWhole(1, mostPoints),
  rank: zWhole(1, mostPoints),
  sourceDoc: zNfcText(80),
});
export type AddPointRuleInput = z.output<typeof addPointRuleInput>;

const recordDeedInput = z.object({
  requestKey: zRequestKey,
  household: zId('hh'),
  rule: zId('rul'),
  day: zLocalDate,
  /** Tells two deeds under one rule on one day apart: the number of the second shift, the id of an event. */
  activity: z.union([z.literal('').transform(() => undefined), zId()]).optional(),
  words: zNfcText(200, { min: 0 }),
});
export type RecordDeedInput = z.output<typeof recordDeedInput>;

/** The form offers today and yesterday as choices, and a day of one's own. */
export const recordDeedForm = recordDeedInput
  .extend({
    day: z.union([z.literal('other'), zLocalDate]),
    otherDay: z.union([z.literal('').transform(() => undefined), zLocalDate]).optional(),
  })
  .refine(({ day, otherDay }) => day !== 'other' || otherDay !== undefined, { path: ['otherDay'], error: 'required', ...alongside });

export const deedRef = z.object({ id: zId('ded') });
export type DeedRef = z.output<typeof deedRef>;

export const rejectDeedInput = deedRef.extend({ reason: zNfcText(200, { min: 2 }) });
export type RejectDeedInput = z.output<typeof rejectDeedInput>;

export const deedViews = ['scored', 'awarded', 'rejected'] as const;
export const deedFilters = z.object({ view: z.enum(deedViews).default('scored'), ...zPage.shape });
export type DeedFilters = z.output<typeof deedFilters>;

/** The form of a deed keeps what was tapped in its address, so that it works without script. */
export const deedFormQuery = z.object({
  household: zId('hh').optional(),
  q: z.string().max(60).optional(),
  recorded: zId('ded').optional(),
});
export type DeedFormQuery = z.output<typeof deedFormQuery>;
