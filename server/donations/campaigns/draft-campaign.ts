import { recorded } from '../../audit';
import { isGeneral, type Papers, papersNamed } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { Campaign } from './campaign.model';
import { campaignStates } from './campaign.states';
import { differingFacts, draftFacts } from './campaign-facts';
import { revisionOf } from './campaign-rules';
import type { CampaignRef, DraftCampaignInput, EditDraftInput } from './campaigns.inputs';
import { campaignNoted, campaignNumbers } from './campaigns.kinds';
import { findCampaignOrThrow } from './find-campaigns';

/** Drafts a campaign; it is nowhere to be seen before another person opens it. @throws `input.invalid` at `to`, `certificate`, `plan`. */
export async function draftCampaign(ctx: Context, input: DraftCampaignInput): Promise<Campaign> {
  const [papers = {}] = await papersNamed(ctx, [input]);
  assertMayStandOn(ctx, input, papers);
  const id = idOfRequest(ctx, 'cmp', input.requestKey);
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
        ...saidIn(input),
        draftedBy: ctx.actor.id,
        draftedAt: ctx.clock.now(),
        state: campaignStates.begin('draft', ctx),
      }),
      recorded(ctx, 'campaign.drafted', { type: 'campaign', id }, { amountFen: input.goal, purpose: input.purpose }),
    ],
  });
  return findCampaignOrThrow(ctx, posted.numbers[campaignNumbers.name] ?? '');
}

/**
 * Writes a draft anew, with the papers that are there by now. Whoever did so last is its writer, so that another person opens it.
 * @throws `input.invalid` as {@link draftCampaign}; `campaign.nothing-changed`, `state.not-allowed` once it is no draft, `state.stale` when
 * somebody else wrote it since `revision`.
 */
export async function editDraft(ctx: Context, input: EditDraftInput): Promise<Campaign> {
  const campaign = await findCampaignOrThrow(ctx, input.number);
  const { edits = [] } = campaign;
  const id = idOfRequest(ctx, 'ced', input.requestKey);
  const said = saidIn(input);
  const [papersBefore = {}, papersAfter = {}] = await papersNamed(ctx, [campaign, said]);
  const { before, after } = differingFacts(draftFacts(campaign, papersBefore), draftFacts(said, papersAfter));
  if (!edits.some((edit) => edit.id === id)) {
    campaignStates.assertMay(campaign.state.name, 'draft');
    if (revisionOf(campaign) !== input.revision) fail('state.stale');
    assertMayStandOn(ctx, input, papersAfter);
    if (Object.keys({ ...before, ...after }).length === 0) fail('campaign.nothing-changed');
  }
  await post(ctx, {
    key: `campaign:${campaign._id}:edited:${id}`,
    kind: campaignNoted,
    source: { type: 'campaign', id: campaign._id },
    facts: { asked: hashOfAsked({ ...input, requestKey: '' }) },
    guards: [unchanged(Campaign, campaign)],
    writes: () => [
      change(Campaign, campaign, {
        ...said,
        edits: [...edits, { id, by: ctx.actor.id, at: ctx.clock.now() }],
        state: campaignStates.enter(campaign.state, 'draft', ctx),
      }),
      recorded(ctx, 'campaign.edited', { type: 'campaign', id: campaign._id }, after, before),
    ],
  });
  return findCampaignOrThrow(ctx, input.number);
}

/** What a draft says; a field that was left empty is `undefined`, so that writing it anew takes away what stood there. */
function saidIn({ title, titleEn, story, storyEn, goal, from, to, purpose, place, certificate, plan }: DraftCampaignInput) {
  const restriction = { purpose, ...(place && { area: place }) };
  return { title, titleEn, story, storyEn, goalFen: goal, from, to, restriction, certificate, plan };
}

function assertMayStandOn(ctx: Context, { to, certificate, plan }: DraftCampaignInput, papers: Papers): void {
  if (to < shanghaiDay(ctx.clock.now())) failField('to', 'day-is-over');
  if (certificate && !papers.certificate) failField('certificate', 'not-a-choice');
  if (plan) assertOwnPlan(papers.plan);
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
