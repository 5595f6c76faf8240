import { papersFrom, placesIn, publicPurposes } from '../../funds';
import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import type { PageRequest } from '../../platform/validation/types';
import { campaignFaults } from './campaign-rules';
import { findCampaignOrThrow, findCampaigns, papersOf, raisedBy } from './find-campaigns';
import { campaignCard } from './public-campaign-pages';

/** Campaigns as staff see them, with drafts. */
export async function campaignsPage(ctx: Context, t: Translate, page: PageRequest) {
  const { rows, next } = await findCampaigns(ctx, page);
  const raised = await raisedBy(
    ctx,
    rows.map(({ _id }) => _id),
  );
  return {
    next,
    mayDraft: may(ctx.actor, 'fund.recordPapers'),
    rows: rows.map((campaign) => ({ ...campaignCard(ctx, t, campaign, raised.get(campaign._id)), href: hrefOf(campaign.number) })),
  };
}

/** One campaign with its papers, what keeps it from being opened, and what the next person may do. */
export async function campaignPage(ctx: Context, t: Translate, number: string) {
  const campaign = await findCampaignOrThrow(ctx, number);
  const [papers, raised] = await Promise.all([papersOf(ctx, campaign), raisedBy(ctx, [campaign._id])]);
  const isDraft = campaign.state.name === 'draft';
  const faults = isDraft ? campaignFaults(campaign, papers, shanghaiDay(ctx.clock.now())) : [];
  const people = await maskedNames(ctx, [campaign.draftedBy, ...(campaign.openedBy ? [campaign.openedBy] : [])]);
  const manages = may(ctx.actor, 'fund.recordPapers');
  const isOwn = campaign.draftedBy === ctx.actor.id;
  return {
    ...campaignCard(ctx, t, campaign, raised.get(campaign._id)),
    action: hrefOf(campaign.number),
    publicHref: campaign.openedBy && `/campaigns/${campaign.number}`,
    story: campaign.story,
    papers: {
      certificate: papers.certificate && `${papers.certificate.number} · ${papers.certificate.holder}`,
      plan: papers.plan && `${papers.plan.number} · ${papers.plan.name}`,
      surplus: papers.plan?.surplus,
    },
    faults: faults.map((fault) => t(`donations:campaign.fault.${fault}`)),
    mayOpen: isDraft && manages && !isOwn && faults.length === 0,
    isOwn: isDraft && manages && isOwn && faults.length === 0,
    mayDrop: isDraft && manages,
    events: [
      ...(campaign.openedAt
        ? [{ what: t('donations:campaign.step.opened'), at: campaign.openedAt, who: people.get(campaign.openedBy ?? '') ?? '' }]
        : []),
      { what: t('donations:campaign.step.drafted'), at: campaign.draftedAt, who: people.get(campaign.draftedBy) ?? '' },
    ],
  };
}

/** The form: what for, how much, when, on which papers. */
export async function campaignForm(ctx: Context, t: Translate) {
  const today = shanghaiDay(ctx.clock.now());
  const { certificates, plans } = await papersFrom(ctx, today);
  const [county = ''] = ctx.actor.grants.map(({ scope }) => scope);
  return {
    requestKey: randomId(ctx.random, 'req'),
    today,
    purposes: publicPurposes.map((value) => ({ value, label: t(`donations:purpose.${value}`) })),
    places: placesIn(ctx, county),
    certificates: certificates.map(({ _id, number, validTo }) => ({
      value: _id,
      label: `${number} · ${t('donations:campaign.until', { day: validTo })}`,
    })),
    plans: plans.map(({ _id, number, name, from, to }) => ({ value: _id, label: `${number} · ${name} · ${from} – ${to}` })),
  };
}

function hrefOf(number: string): string {
  return `/donations/campaigns/${number}`;
}
