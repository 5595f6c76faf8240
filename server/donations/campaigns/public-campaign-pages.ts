import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import type { Translate } from '../../platform/i18n/translator';
import { divisionFullName } from '../../regions';
import { restrictionText } from '../gift-words';
import type { Campaign } from './campaign.model';
import { type CampaignPhase, phaseOf, progressOf } from './campaign-rules';
import { findCampaignOrThrow, findPublicCampaigns, papersOf, type Raised, raisedBy, takesGifts } from './find-campaigns';

const phaseFamilies = { draft: 'still', coming: 'waiting', running: 'running', ended: 'done', dropped: 'still' } as const;
const order: readonly CampaignPhase[] = ['running', 'coming', 'ended'];

/** What everybody may see of the campaigns: those that run first. */
export async function publicCampaigns(ctx: Context, t: Translate) {
  const campaigns = await findPublicCampaigns(ctx);
  const raised = await raisedBy(
    ctx,
    campaigns.map(({ _id }) => _id),
  );
  const rows = campaigns.map((campaign) => campaignCard(ctx, t, campaign, raised.get(campaign._id)));
  return rows.sort((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase));
}

/** The page of one campaign: how far it is, for whom, on what ground, and what becomes of what comes beyond the goal. */
export async function publicCampaign(ctx: Context, t: Translate, number: string) {
  const campaign = await findCampaignOrThrow(ctx, number);
  if (!campaign.openedBy) return fail('not-found');
  const [papers, raised, takes] = await Promise.all([papersOf(ctx, campaign), raisedBy(ctx, [campaign._id]), takesGifts(ctx, campaign)]);
  const { certificate, plan } = papers;
  return {
    ...campaignCard(ctx, t, campaign, raised.get(campaign._id)),
    story: campaign.story,
    takes,
    surplus: plan?.surplus,
    certificate,
    plan: plan && {
      ...plan,
      areaName: divisionFullName(plan.area, ctx.locale),
      waysText: plan.ways.map((way) => t(`donations:papers.way.${way}`)).join(' · '),
    },
  };
}

/** A campaign in short; the sum is what has arrived. */
export function campaignCard(ctx: Context, t: Translate, campaign: Campaign, raised: Raised | undefined) {
  const phase = phaseOf(campaign, shanghaiDay(ctx.clock.now()));
  const receivedFen = raised?.fen ?? 0;
  const { percent, missingFen, beyondFen } = progressOf(receivedFen, campaign.goalFen);
  return {
    number: campaign.number,
    href: `/campaigns/${campaign.number}`,
    title: (ctx.locale === 'en' && campaign.titleEn) || campaign.title,
    phase,
    chip: { family: phaseFamilies[phase], word: t(`donations:campaign.phase.${phase}`) },
    purpose: restrictionText(ctx, t, campaign),
    from: campaign.from,
    to: campaign.to,
    goalFen: campaign.goalFen,
    receivedFen,
    gifts: raised?.gifts ?? 0,
    percent,
    barFen: Math.min(receivedFen, campaign.goalFen),
    missingFen,
    beyondFen,
    isReached: missingFen === 0,
  };
}
