import { recorded } from '../../audit';
import { claimPlan } from '../../funds';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { isRefused, post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { Campaign } from './campaign.model';
import { campaignStates } from './campaign.states';
import { campaignFaults, revisionOf } from './campaign-rules';
import type { OpenCampaignInput } from './campaigns.inputs';
import { campaignNoted } from './campaigns.kinds';
import { findCampaignOrThrow, findOverdue, papersOf } from './find-campaigns';
import { unmaking } from './propose-change';

/**
 * Opens a campaign to the public with a fresh code, on its days, as its second person has read it. Whoever wrote it last cannot.
 * @throws `campaign.papers` while a paper is missing or does not do for it (FU1), `state.stale` when another one was opened on its plan meanwhile, or the draft was written anew since `revision`, `rule.same-person`, `input.invalid` at `code`.
 */
export async function openCampaign(ctx: Context, { number, code, revision }: OpenCampaignInput): Promise<Campaign> {
  const campaign = await findCampaignOrThrow(ctx, number);
  if (campaign.openedBy === ctx.actor.id) return campaign; // a second click
  const state = campaignStates.enter(campaign.state, 'opened', ctx);
  if (campaign.state.by === ctx.actor.id) fail('rule.same-person', { number: campaign.number });
  if (revisionOf(campaign) !== revision) fail('state.stale');
  const papers = await papersOf(ctx, campaign);
  const faults = campaignFaults(campaign, papers, shanghaiDay(ctx.clock.now()));
  if (faults.length > 0 || !papers.plan) fail('campaign.papers', { faults: faults.join(' ') });
  const proof = await provenUnlessSigned(
    () => proveSignature(ctx, code),
    async () => (await findCampaignOrThrow(ctx, number)).openedBy === ctx.actor.id,
  );
  if (!proof) return findCampaignOrThrow(ctx, number);
  const claim = claimPlan(papers.plan, campaign._id);
  await post(ctx, {
    key: `campaign:${campaign._id}:opened`,
    kind: campaignNoted,
    source: { type: 'campaign', id: campaign._id },
    guards: [unchanged(Campaign, campaign), ...claim.guards, ...proof.guards],
    writes: () => [
      ...claim.writes,
      change(Campaign, campaign, { state, openedBy: ctx.actor.id, openedAt: ctx.clock.now() }),
      recorded(ctx, 'campaign.opened', { type: 'campaign', id: campaign._id }, { amountFen: campaign.goalFen, until: campaign.to }),
      ...proof.writes,
    ],
  });
  return findCampaignOrThrow(ctx, number);
}

/** Ends what is past its last day. Nobody can give to it since that day, whether or not this has run. */
export async function endCampaigns(ctx: Context): Promise<number> {
  const overdue = await findOverdue(ctx, shanghaiDay(ctx.clock.now()));
  for (const campaign of overdue) {
    try {
      await post(ctx, {
        key: `campaign:${campaign._id}:ended`,
        kind: campaignNoted,
        source: { type: 'campaign', id: campaign._id },
        guards: [unchanged(Campaign, campaign)],
        writes: () => [
          change(Campaign, campaign, {
            state: campaignStates.enter(campaign.state, 'ended', ctx),
            ...unmaking(ctx, campaign),
          }),
          recorded(ctx, 'campaign.ended', { type: 'campaign', id: campaign._id }, { until: campaign.to }),
        ],
      });
    } catch (error) {
      if (!isRefused(error, 'stale')) throw error; // another worker has ended it
    }
  }
  return overdue.length;
}
