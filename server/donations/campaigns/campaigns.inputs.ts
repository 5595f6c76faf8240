import { publicPurposes } from '../../funds';
import { zSigningCode } from '../../identity';
import { fen } from '../../kernel/money';
import { inOrder, zId, zLocalDate, zNfcText, zPage, zRequestKey, zWhole, zYuan } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { optional, zPlace } from '../donations.fields';

/** What is said of a campaign and may change while it is open. */
const terms = {
  title: zNfcText(40),
  titleEn: optional(zNfcText(80)),
  story: zNfcText(1000, { lines: true }),
  storyEn: optional(zNfcText(2000, { lines: true })),
  goal: zYuan({ min: fen(100_00), max: fen(1_000_000_000_00) }),
  to: zLocalDate,
};

export const campaignRef = z.object({ number: zId() });
export type CampaignRef = z.output<typeof campaignRef>;
/** How often the draft had been written anew when the caller read it: another version is not meant. */
const revision = zWhole(0, 10_000).default(0);

const draft = z.object({
  requestKey: zRequestKey,
  ...terms,
  from: zLocalDate,
  purpose: z.enum(publicPurposes),
  place: optional(zPlace),
  certificate: optional(zId('crt')),
  plan: optional(zId('pln')),
});
export const draftCampaignInput = draft.refine(...inOrder);
export type DraftCampaignInput = z.output<typeof draftCampaignInput>;
export const editDraftInput = draft.extend({ ...campaignRef.shape, revision }).refine(...inOrder);
export type EditDraftInput = z.output<typeof editDraftInput>;
export const openCampaignInput = campaignRef.extend({ code: zSigningCode, revision });
export type OpenCampaignInput = z.output<typeof openCampaignInput>;

export const changeCampaignInput = campaignRef.extend({ requestKey: zRequestKey, ...terms });
export type ChangeCampaignInput = z.output<typeof changeCampaignInput>;
/** Everybody reads the reason. */
export const stopCampaignInput = campaignRef.extend({ requestKey: zRequestKey, reason: zNfcText(200), reasonEn: optional(zNfcText(400)) });
export type StopCampaignInput = z.output<typeof stopCampaignInput>;
/** The proposal as its second person has read it: another one is not meant. */
export const declineProposalInput = campaignRef.extend({ proposal: zId('cpr') });
export type DeclineProposalInput = z.output<typeof declineProposalInput>;
export const confirmProposalInput = declineProposalInput.extend({ code: zSigningCode });
export type ConfirmProposalInput = z.output<typeof confirmProposalInput>;

/** The list, for staff. */
export const campaignFilters = zPage;
