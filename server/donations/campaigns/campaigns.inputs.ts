import { publicPurposes } from '../../funds';
import { zSigningCode } from '../../identity';
import { fen } from '../../kernel/money';
import { alongside, zId, zLocalDate, zNfcText, zPage, zRequestKey, zYuan } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { optional, zPlace } from '../donations.fields';

export const draftCampaignInput = z
  .object({
    requestKey: zRequestKey,
    title: zNfcText(40),
    titleEn: optional(zNfcText(80)),
    story: zNfcText(1000, { lines: true }),
    goal: zYuan({ min: fen(100_00), max: fen(1_000_000_000_00) }),
    from: zLocalDate,
    to: zLocalDate,
    purpose: z.enum(publicPurposes),
    place: optional(zPlace),
    certificate: optional(zId('crt')),
    plan: optional(zId('pln')),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'ends-before-it-begins', ...alongside });
export type DraftCampaignInput = z.output<typeof draftCampaignInput>;

export const campaignRef = z.object({ number: zId() });
export type CampaignRef = z.output<typeof campaignRef>;
export const openCampaignInput = campaignRef.extend({ code: zSigningCode });
export type OpenCampaignInput = z.output<typeof openCampaignInput>;

/** The list, for staff. */
export const campaignFilters = zPage;
