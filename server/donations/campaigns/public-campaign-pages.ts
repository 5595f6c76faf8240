import type { FiledPlan } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { formatYuan } from '../../kernel/money-text';
import type { Translate } from '../../platform/i18n/translator';
import { formatDay } from '../../platform/views/format';
import { divisionFullName } from '../../regions';
import { restrictionText } from '../gift-words';
import type { Campaign, CampaignTerms } from './campaign.model';
import { type CampaignPhase, type changeable, changedFields, phaseOf, progressOf } from './campaign-rules';
import { findCampaignOrThrow, findPublicCampaigns, groundOfCampaign, papersOf, type Raised, raisedBy } from './find-campaigns';

const phaseFamilies = { draft: 'still', coming: 'waiting', running: 'running', ended: 'done', stopped: 'still', dropped: 'still' } as const;
const order: readonly CampaignPhase[] = ['running', 'coming', 'ended', 'stopped'];

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
  const [papers, raised, ground] = await Promise.all([
    papersOf(ctx, campaign),
    raisedBy(ctx, [campaign._id]),
    groundOfCampaign(ctx, campaign),
  ]);
  const { certificate, plan } = papers;
  return {
    ...campaignCard(ctx, t, campaign, raised.get(campaign._id)),
    story: inLocale(ctx, campaign.story, campaign.storyEn),
    takes: ground !== undefined,
    closedText: closedText(t, ctx, campaign),
    ...(campaign.stop && { reason: inLocale(ctx, campaign.stop.reason, campaign.stop.reasonEn) }),
    changes: changesOf(ctx, t, campaign),
    surplus: plan && inLocale(ctx, plan.surplus),
    certificate,
    plan: plan && planInWords(ctx, t, plan),
  };
}

/** What somebody wrote, in the reader's language where it was written in it; `lang` says that it was not. */
function inLocale({ locale }: Pick<Context, 'locale'>, chinese: string, english?: string): { text: string; lang?: 'zh-CN' } {
  if (locale === 'en') return english ? { text: english } : { text: chinese, lang: 'zh-CN' };
  return { text: chinese };
}

/** A filed plan with its area and its ways in words. */
export function planInWords(ctx: Pick<Context, 'locale'>, t: Translate, plan: FiledPlan) {
  const waysText = plan.ways.map((way) => t(`donations:papers.way.${way}`)).join(' · ');
  return { ...plan, areaName: divisionFullName(plan.area, ctx.locale), waysText };
}

/** Why nothing can be given now, where that is so. */
function closedText(t: Translate, ctx: Context, campaign: Campaign): string {
  const phase = phaseOf(campaign, shanghaiDay(ctx.clock.now()));
  const day = phase === 'stopped' ? shanghaiDay(campaign.state.at) : campaign.from;
  return t(`donations:campaign.closed.${phase}`, { day: formatDay(day, ctx.locale) });
}

/** When an open campaign was changed, and what it said before, the newest first: whoever gave earlier can see it. */
export function changesOf(ctx: Context, t: Translate, { changes = [] }: Pick<Campaign, 'changes'>) {
  return changes.map(({ at, before, after }) => ({ on: shanghaiDay(at), lines: differencesOf(ctx, t, before, after) })).reverse();
}

const chineseOnly: ReadonlySet<string> = new Set(['title', 'story']);

/** What differs between two versions of a campaign's terms, in words. */
export function differencesOf(ctx: Pick<Context, 'locale'>, t: Translate, before: CampaignTerms, after: CampaignTerms) {
  const text = (terms: CampaignTerms, field: (typeof changeable)[number]) => {
    if (field === 'goalFen') return formatYuan(terms.goalFen);
    return field === 'to' ? formatDay(terms.to, ctx.locale) : (terms[field] ?? t('donations:campaign.nothing'));
  };
  return changedFields(before, after).map((field) => ({
    label: t(`donations:campaign.field.${field}`),
    ...(ctx.locale === 'en' && chineseOnly.has(field) && { lang: 'zh-CN' }),
    before: text(before, field),
    after: text(after, field),
  }));
}

/** A campaign in short; the sum is what has arrived. */
export function campaignCard(ctx: Context, t: Translate, campaign: Campaign, raised: Raised | undefined) {
  const phase = phaseOf(campaign, shanghaiDay(ctx.clock.now()));
  const receivedFen = raised?.fen ?? 0;
  const title = inLocale(ctx, campaign.title, campaign.titleEn);
  const { percent, missingFen, beyondFen } = progressOf(receivedFen, campaign.goalFen);
  return {
    number: campaign.number,
    href: `/campaigns/${campaign.number}`,
    title: title.text,
    titleLang: title.lang,
    phase,
    chip: { family: phaseFamilies[phase], word: t(`donations:campaign.phase.${phase}`) },
    purpose: restrictionText(ctx, t, campaign),
    from: campaign.from,
    to: campaign.to,
    goalFen: campaign.goalFen,
    receivedFen,
    returnedFen: raised?.returnedFen ?? 0,
    gifts: raised?.gifts ?? 0,
    percent,
    barFen: Math.min(receivedFen, campaign.goalFen),
    missingFen,
    beyondFen,
    isReached: missingFen === 0,
  };
}
