import { recorded } from '../../audit';
import { isGeneral, type Papers, papersNamed } from '../../funds';
import type { Context } from '../../kernel/context';
import { failField } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { Campaign } from './campaign.model';
import { campaignStates } from './campaign.states';
import type { CampaignRef, DraftCampaignInput } from './campaigns.inputs';
import { campaignNoted, campaignNumbers } from './campaigns.kinds';
import { findCampaignOrThrow } from './find-campaigns';

/** Drafts a campaign; it is nowhere to be seen before another person opens it. @throws `input.invalid` at `to`, `certificate`, `plan`. */
export async function draftCampaign(ctx: Context, input: DraftCampaignInput): Promise<Campaign> {
  const { requestKey, goal: goalFen, purpose, place, titleEn, certificate, plan, ...said } = input;
  if (said.to < shanghaiDay(ctx.clock.now())) failField('to', 'day-is-over');
  const [papers] = await papersNamed(ctx, [{ certificate, plan }]);
  if (certificate && !papers?.certificate) failField('certificate', 'not-a-choice');
  if (plan) assertOwnPlan(papers?.plan);
  const id = idOfRequest(ctx, 'cmp', requestKey);
  const posted = await post(ctx, {
    key: `campaign:${id}:drafted`,
    kind: campaignNoted,
    source: { type: 'campaign', id },
    facts: { asked: hashOfAsked({ ...input, requestKey: '' }) },
    numbers: [campaignNumbers],
    writes: (posted) => [
      insertion(ctx, Campaign, {
        _id: id,
        number: posted.numbers[campaignNumbers.name] ?? '',
        ...said,
        ...(titleEn && { titleEn }),
        goalFen,
        restriction: { purpose, ...(place && { area: place }) },
        ...(certificate && { certificate }),
        ...(plan && { plan }),
        draftedBy: ctx.actor.id,
        draftedAt: ctx.clock.now(),
        state: campaignStates.begin('draft', ctx),
      }),
      recorded(ctx, 'campaign.drafted', { type: 'campaign', id }, { amountFen: goalFen, purpose }),
    ],
  });
  return findCampaignOrThrow(ctx, posted.numbers[campaignNumbers.name] ?? '');
}

function assertOwnPlan(plan: Papers['plan']): void {
  if (!plan) failField('plan', 'not-a-choice');
  if (isGeneral(plan)) failField('plan', 'plan-is-general');
  if (plan.campaign !== undefined) failField('plan', 'plan-of-another');
}

/** Lets a draft go: a mistake is drafted anew. */
export async function dropCampaign(ctx: Context, { number }: CampaignRef): Promise<Campaign> {
  const campaign = await findCampaignOrThrow(ctx, number);
  if (campaign.state.name === 'dropped') return campaign;
  const state = campaignStates.enter(campaign.state, 'dropped', ctx);
  await post(ctx, {
    key: `campaign:${campaign._id}:dropped`,
    kind: campaignNoted,
    source: { type: 'campaign', id: campaign._id },
    guards: [unchanged(Campaign, campaign)],
    writes: () => [change(Campaign, campaign, { state }), recorded(ctx, 'campaign.dropped', { type: 'campaign', id: campaign._id }, {})],
  });
  return findCampaignOrThrow(ctx, number);
}
