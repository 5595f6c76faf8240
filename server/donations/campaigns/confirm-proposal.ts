import { recorded } from '../../audit';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { change, type DocumentWrite, unchanged } from '../../platform/mongo/document-writes';
import { Campaign, type CampaignProposal, type CampaignTerms } from './campaign.model';
import { campaignStates } from './campaign.states';
import { differingFacts, termFacts } from './campaign-facts';
import { phaseOf, termsOf } from './campaign-rules';
import type { ConfirmProposalInput } from './campaigns.inputs';
import { campaignNoted } from './campaigns.kinds';
import { findCampaignOrThrow } from './find-campaigns';
import { faultOfLastDay, isUnmade } from './propose-change';

/**
 * Confirms with a fresh code what another person has proposed for an open campaign: it says the new terms from now on, or takes no more
 * gifts. Payments that were begun before, and transfers that bear a number, are still received: they are bound to its purpose.
 * @throws `rule.same-person`, `campaign.proposal-over`, `state.stale` when the proposal is another one by now, `campaign.papers`, `input.invalid` at `code`.
 */
export async function confirmProposal(ctx: Context, { number, proposal: id, code }: ConfirmProposalInput): Promise<Campaign> {
  const campaign = await findCampaignOrThrow(ctx, number);
  if (isConfirmedBy(ctx, campaign, id)) return campaign; // a second click
  if (isUnmade(campaign, id)) fail('campaign.proposal-over', { number: campaign.number });
  const asked = campaign.proposal?.id === id ? campaign.proposal : fail('state.stale');
  if (asked.by === ctx.actor.id) fail('rule.same-person', { number: campaign.number });
  const phase = phaseOf(campaign, shanghaiDay(ctx.clock.now()));
  if (phase !== 'coming' && phase !== 'running') fail('state.not-allowed', { from: phase });
  if (asked.terms && (await faultOfLastDay(ctx, campaign, asked.terms.to))) fail('campaign.papers');
  const proof = await provenUnlessSigned(
    () => proveSignature(ctx, code),
    async () => isConfirmedBy(ctx, await findCampaignOrThrow(ctx, number), id),
  );
  if (!proof) return findCampaignOrThrow(ctx, number);
  const writes = asked.terms ? changing(ctx, campaign, asked, asked.terms) : stopping(ctx, campaign, asked);
  await post(ctx, {
    key: `campaign:${campaign._id}:confirmed:${id}`,
    kind: campaignNoted,
    source: { type: 'campaign', id: campaign._id },
    guards: [unchanged(Campaign, campaign), ...proof.guards],
    writes: () => [...writes, ...proof.writes],
  });
  return findCampaignOrThrow(ctx, number);
}

function isConfirmedBy(ctx: Context, { changes = [], stop, state }: Campaign, id: string): boolean {
  if (stop?.id === id) return state.by === ctx.actor.id;
  return changes.some((one) => one.id === id && one.confirmedBy === ctx.actor.id);
}

function changing(ctx: Context, campaign: Campaign, { id, by }: CampaignProposal, after: CampaignTerms): DocumentWrite[] {
  const { changes = [] } = campaign;
  const before = termsOf(campaign);
  const made = { id, before, after, proposedBy: by, confirmedBy: ctx.actor.id, at: ctx.clock.now() };
  const told = differingFacts(termFacts(before), termFacts(after));
  return [
    change(Campaign, campaign, {
      ...after,
      titleEn: after.titleEn,
      storyEn: after.storyEn,
      changes: [...changes, made],
      proposal: undefined,
    }),
    recorded(ctx, 'campaign.changed', { type: 'campaign', id: campaign._id }, told.after, told.before),
  ];
}

function stopping(ctx: Context, campaign: Campaign, { id, by, reason = '', reasonEn }: CampaignProposal): DocumentWrite[] {
  const state = campaignStates.enter(campaign.state, 'stopped', ctx);
  return [
    change(Campaign, campaign, { state, stop: { id, reason, ...(reasonEn && { reasonEn }), proposedBy: by }, proposal: undefined }),
    recorded(ctx, 'campaign.stopped', { type: 'campaign', id: campaign._id }, { reason, ...(reasonEn && { reasonEn }) }),
  ];
}
