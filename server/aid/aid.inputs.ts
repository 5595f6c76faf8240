import { zSigningCode } from '../identity';
import { causes } from '../kernel/causes';
import { fen } from '../kernel/money';
import { alongside, zId, zLocalDate, zNfcText, zPage, zRequestKey, zWhole, zYuan } from '../platform/validation/types';
import { z } from '../platform/validation/zod';
import { reliefKindNames } from '../relief';

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((typed) => (typed === '' ? undefined : typed), schema.optional());
const opinion = zNfcText(500, { min: 0, lines: true });
const mostOnNotice = 60;

export const requestAidInput = z.object({ requestKey: zRequestKey, household: zId('hh') });
export type RequestAidInput = z.output<typeof requestAidInput>;

export const caseRef = z.object({ id: zId('aid') });

/** Two people visit (DOMAIN 3, MO3). */
export const surveyInput = caseRef.extend({ on: zLocalDate, people: zWhole(2, 20), finding: zNfcText(500, { lines: true }) });
export type SurveyInput = z.output<typeof surveyInput>;

export const appraisalInput = caseRef.extend({ on: zLocalDate, present: zWhole(3, 200), minutes: zNfcText(60) });
export type AppraisalInput = z.output<typeof appraisalInput>;

export const postAidNoticeInput = z.object({
  requestKey: zRequestKey,
  cases: z.preprocess(
    (sent) => (sent === undefined ? [] : Array.isArray(sent) ? sent : [sent]),
    z.array(zId('aid')).min(1).max(mostOnNotice),
  ),
});
export type PostAidNoticeInput = z.output<typeof postAidNoticeInput>;

/** The decision box sends which button was pressed; sending back and refusing need words, which the acts see to. */
const decision = caseRef.extend({ do: z.enum(['approve', 'return', 'refuse']), opinion });

export const reviewInput = decision.extend({
  waive: z.preprocess((sent) => (sent === undefined ? [] : Array.isArray(sent) ? sent : [sent]), z.array(z.enum(reliefKindNames)).max(12)),
});
export type ReviewInput = z.output<typeof reviewInput>;

/** Only who approves signs: sending back and refusing need no code. */
export const approvalInput = decision
  .extend({ meetingMinutes: zNfcText(60, { min: 0 }), code: optional(zSigningCode) })
  .refine((typed) => typed.do !== 'approve' || typed.code !== undefined, { path: ['code'], error: 'required', ...alongside });
export type ApprovalInput = z.output<typeof approvalInput>;

export const reasonInput = caseRef.extend({ reason: zNfcText(500, { lines: true }) });
export type ReasonInput = z.output<typeof reasonInput>;

export const caseViews = ['mine', 'waitingMoney', 'notice', 'village', 'returned', 'approved', 'all'] as const;

export const caseFilters = z.object({
  view: z.enum(caseViews).default('mine'),
  township: z
    .string()
    .regex(/^\d{9,12}$/)
    .optional(),
  cause: z.enum(causes).optional(),
  least: optional(zYuan({ min: fen(0) })),
  q: z.string().max(60).optional(),
  ...zPage.shape,
});
export type CaseFilters = z.output<typeof caseFilters>;
