import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { Campaign, type CampaignProposal } from './campaign.model';
import { campaignFaults, changedFields, phaseOf, termsOf } from './campaign-rules';
import type { ChangeCampaignInput, DeclineProposalInput, StopCampaignInput } from './campaigns.inputs';
import { campaignNoted } from './campaigns.kinds';
import { findCampaignOrThrow, papersOf } from './find-campaigns';

/**
 * Proposes other words, another goal or another last day for an open campaign. Nothing changes before another person confirms; purpose and
 * papers never do, so a last day beyond them needs a plan filed anew and a new campaign (FU1, FU3).
 * Sent again after a decision, it is the campaign as it was made, or an error that says that nothing came of it.
 * @throws `campaign.nothing-changed`, `input.invalid` at `to`; `campaign.proposed` while another proposal waits,
 * `campaign.proposal-over`, `state.not-allowed`.
 */
export async function proposeChange(ctx: Context, { number, requestKey, goal, ...said }: ChangeCampaignInput): Promise<Campaign> {
  const campaign = await findCampaignOrThrow(ctx, number);
  const terms = termsOf({ ...said, goalFen: goal });
  const id = idOfRequest(ctx, 'cpr', requestKey);
  if (isDecided(campaign, id)) return propose(ctx, campaign, 'campaign.changeProposed', { id, terms });
  assertMayPropose(ctx, campaign, id);
  if (changedFields(campaign, terms).length === 0) fail('campaign.nothing-changed');
  const fault = await faultOfLastDay(ctx, campaign, terms.to);
  if (fault) failField('to', fault);
  return propose(ctx, campaign, 'campaign.changeProposed', { id, terms });
}

/** Proposes to end an open campaign before its last day, for a reason that everybody will read. @throws like {@link proposeChange} */
export async function proposeStop(ctx: Context, { number, requestKey, reason, reasonEn }: StopCampaignInput): Promise<Campaign> {
  const campaign = await findCampaignOrThrow(ctx, number);
  const id = idOfRequest(ctx, 'cpr', requestKey);
  if (!isDecided(campaign, id)) assertMayPropose(ctx, campaign, id);
  return propose(ctx, campaign, 'campaign.stopProposed', { id, reason, ...(reasonEn && { reasonEn }) });
}

/** Lets a proposal go: whoever made it takes it back, another person declines it. */
export async function declineProposal(ctx: Context, { number, proposal: id }: DeclineProposalInput): Promise<Campaign> {
  const campaign = await findCampaignOrThrow(ctx, number);
  if (campaign.proposal?.id !== id) return campaign; // a second click, or somebody else's answer: the page says which
  await post(ctx, {
    key: `campaign:${campaign._id}:declined:${id}`,
    kind: campaignNoted,
    source: { type: 'campaign', id: campaign._id },
    guards: [unchanged(Campaign, campaign)],
    writes: () => [
      change(Campaign, campaign, unmaking(ctx, campaign)),
      recorded(ctx, 'campaign.proposalDeclined', { type: 'campaign', id: campaign._id }),
    ],
  });
  return findCampaignOrThrow(ctx, number);
}

/** What lets a proposal that waits come to nothing, and keeps that it did. */
export function unmaking(ctx: Context, { unmade = [], proposal }: Campaign): Partial<Campaign> {
  if (!proposal) return {};
  return { proposal: undefined, unmade: [...unmade, { id: proposal.id, by: ctx.actor.id, at: ctx.clock.now() }] };
}

/** Whether a proposal came to nothing: it cannot be confirmed, or made by sending its form again. */
export function isUnmade({ unmade = [] }: Campaign, id: string): boolean {
  return unmade.some((one) => one.id === id);
}

function isDecided(campaign: Campaign, id: string): boolean {
  const { changes = [], stop } = campaign;
  return stop?.id === id || changes.some((one) => one.id === id) || isUnmade(campaign, id);
}

/** What keeps a day from being the last one of a campaign, as its field says it. */
export async function faultOfLastDay(
  ctx: Context,
  campaign: Campaign,
  to: LocalDate,
): Promise<'day-is-over' | 'beyond-papers' | undefined> {
  const today = shanghaiDay(ctx.clock.now());
  if (to < today || to < campaign.from) return 'day-is-over';
  return campaignFaults({ ...campaign, to }, await papersOf(ctx, campaign), today).length > 0 ? 'beyond-papers' : undefined;
}

function assertMayPropose(ctx: Context, campaign: Campaign, id: string): void {
  const phase = phaseOf(campaign, shanghaiDay(ctx.clock.now()));
  if (phase !== 'coming' && phase !== 'running') fail('state.not-allowed', { from: phase });
  if (campaign.proposal && campaign.proposal.id !== id) fail('campaign.proposed', { number: campaign.number });
}

async function propose(
  ctx: Context,
  campaign: Campaign,
  what: 'campaign.changeProposed' | 'campaign.stopProposed',
  asked: Pick<CampaignProposal, 'id' | 'terms' | 'reason' | 'reasonEn'>,
): Promise<Campaign> {
  const subject = { type: 'campaign', id: campaign._id } as const;
  await post(ctx, {
    key: `campaign:${campaign._id}:proposed:${asked.id}`,
    kind: campaignNoted,
    source: subject,
    facts: { asked: hashOfAsked(asked) },
    guards: [unchanged(Campaign, campaign)],
    writes: () => [
      change(Campaign, campaign, { proposal: { ...asked, by: ctx.actor.id, at: ctx.clock.now() } }),
      recorded(ctx, what, subject, { ...(asked.reason && { reason: asked.reason }), ...(asked.reasonEn && { reasonEn: asked.reasonEn }) }),
    ],
  });
  const now = await findCampaignOrThrow(ctx, campaign.number);
  return isUnmade(now, asked.id) ? fail('campaign.proposal-over', { number: now.number }) : now;
}
