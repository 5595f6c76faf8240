import { type FiledPlan, isGeneral, papersFrom, placesIn, publicPurposes } from '../../funds';
import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { fenToYuanText } from '../../kernel/money-text';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import type { PageRequest } from '../../platform/validation/types';
import { restrictionText } from '../gift-words';
import type { Campaign } from './campaign.model';
import { campaignStates } from './campaign.states';
import { campaignFaults, phaseOf, revisionOf } from './campaign-rules';
import { findCampaignOrThrow, findCampaigns, papersOf, raisedBy } from './find-campaigns';
import { campaignCard, changesOf, differencesOf } from './public-campaign-pages';

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
  const people = await maskedNames(ctx, peopleOf(campaign));
  const nameOf = (id: string | undefined) => people.get(id ?? '') ?? '';
  const manages = may(ctx.actor, 'fund.recordPapers');
  const isOwn = campaign.state.by === ctx.actor.id; // of a draft: who wrote it as it stands
  return {
    ...campaignCard(ctx, t, campaign, raised.get(campaign._id)),
    action: hrefOf(campaign.number),
    publicHref: campaign.openedBy && `/campaigns/${campaign.number}`,
    story: campaign.story,
    storyEn: campaign.storyEn,
    revision: revisionOf(campaign),
    papers: {
      certificate: papers.certificate && `${papers.certificate.number} · ${papers.certificate.holder}`,
      plan: papers.plan && `${papers.plan.number} · ${papers.plan.name}`,
      surplus: papers.plan?.surplus,
    },
    faults: faults.map((fault) => t(`donations:campaign.fault.${fault}`)),
    mayOpen: isDraft && manages && !isOwn && faults.length === 0,
    isOwn: isDraft && manages && isOwn && faults.length === 0,
    mayEdit: isDraft && manages,
    mayDrop: isDraft && manages,
    ...(manages && mayPropose(ctx, campaign) && { requestKey: randomId(ctx.random, 'req') }),
    proposal: proposalOf(ctx, t, campaign, nameOf),
    changes: changesOf(ctx, t, campaign),
    events: eventsOf(t, campaign, nameOf),
  };
}

/** The form that proposes other terms for an open campaign, with those that hold. @throws `state.not-allowed` when it is not open. */
export async function changePage(ctx: Context, t: Translate, number: string) {
  const campaign = await findCampaignOrThrow(ctx, number);
  if (!mayPropose(ctx, campaign)) fail(campaign.proposal ? 'campaign.proposed' : 'state.not-allowed', { number: campaign.number });
  const { certificate, plan } = await papersOf(ctx, campaign);
  const [latest] = [certificate?.validTo, plan?.to].filter((day) => day !== undefined).sort();
  return {
    number: campaign.number,
    action: hrefOf(campaign.number),
    requestKey: randomId(ctx.random, 'req'),
    terms: { ...campaign, goal: fenToYuanText(campaign.goalFen) },
    purpose: restrictionText(ctx, t, campaign),
    today: shanghaiDay(ctx.clock.now()),
    latest,
  };
}

function mayPropose(ctx: Context, campaign: Campaign): boolean {
  return !campaign.proposal && ['coming', 'running'].includes(phaseOf(campaign, shanghaiDay(ctx.clock.now())));
}

function peopleOf({ draftedBy, edits = [], openedBy, proposal, changes = [], stop, state }: Campaign): string[] {
  const ids = [
    draftedBy,
    ...edits.map(({ by }) => by),
    openedBy,
    proposal?.by,
    stop?.proposedBy,
    state.by,
    ...changes.flatMap((one) => [one.proposedBy, one.confirmedBy]),
  ];
  return ids.filter((id) => id !== undefined);
}

/** What waits for a second person, beside what is said now. */
function proposalOf(ctx: Context, t: Translate, campaign: Campaign, nameOf: (id: string) => string) {
  const { proposal } = campaign;
  if (!proposal || campaign.state.name !== 'opened') return undefined;
  const manages = may(ctx.actor, 'fund.recordPapers');
  const isOwn = proposal.by === ctx.actor.id;
  return {
    id: proposal.id,
    by: nameOf(proposal.by),
    at: proposal.at,
    reason: proposal.reason,
    reasonEn: proposal.reasonEn,
    lines: proposal.terms && differencesOf(ctx, t, campaign, proposal.terms),
    mayConfirm: manages && !isOwn,
    isOwn: manages && isOwn,
  };
}

function eventsOf(t: Translate, campaign: Campaign, nameOf: (id: string | undefined) => string) {
  const { draftedBy, draftedAt, edits = [], openedBy, openedAt, changes = [], stop, state } = campaign;
  const step = (name: string, at: Date, who: string, note?: string) => ({ what: t(`donations:campaign.step.${name}`), at, who, note });
  const two = (one: string, other: string) => `${nameOf(one)} · ${nameOf(other)}`;
  return [
    ...(stop ? [step('stopped', state.at, two(stop.proposedBy, state.by), stop.reason)] : []),
    ...changes.map((one) => step('changed', one.at, two(one.proposedBy, one.confirmedBy))).reverse(),
    ...(openedAt ? [step('opened', openedAt, nameOf(openedBy))] : []),
    ...edits.map(({ at, by }) => step('edited', at, nameOf(by))).reverse(),
    step('drafted', draftedAt, nameOf(draftedBy)),
  ];
}

/** The form of a new campaign: what for, how much, when, on which papers. */
export async function newCampaignForm(ctx: Context, t: Translate) {
  const list = '/donations/campaigns';
  const heading = t('donations:campaign.draft');
  return {
    ...(await choicesOf(ctx, t)),
    heading,
    lead: t('donations:campaign.draftLead'),
    save: t('donations:campaign.save'),
    trail: [{ href: list, label: t('donations:campaign.title') }, { label: heading }],
    action: list,
    back: list,
    purpose: 'general',
  };
}

/** The form that writes a draft anew, with what it says. @throws `state.not-allowed` once it is no draft. */
export async function draftForm(ctx: Context, t: Translate, number: string) {
  const campaign = await findCampaignOrThrow(ctx, number);
  campaignStates.assertMay(campaign.state.name, 'draft');
  const { purpose, area } = campaign.restriction;
  const heading = t('donations:campaign.edit');
  const trail = [
    { href: '/donations/campaigns', label: t('donations:campaign.title') },
    { href: hrefOf(campaign.number), label: campaign.number },
    { label: heading },
  ];
  return {
    ...(await choicesOf(ctx, t)),
    heading,
    lead: t('donations:campaign.editLead'),
    save: t('donations:campaign.editSave'),
    trail,
    action: `${hrefOf(campaign.number)}/draft`,
    back: hrefOf(campaign.number),
    purpose,
    draft: { ...campaign, goal: fenToYuanText(campaign.goalFen), place: area, revision: revisionOf(campaign) },
  };
}

async function choicesOf(ctx: Context, t: Translate) {
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
    plans: plans
      .filter(isFreeForCampaign)
      .map(({ _id, number, name, from, to }) => ({ value: _id, label: `${number} · ${name} · ${from} – ${to}` })),
  };
}

/** A plan that a campaign can name: filed for one, and none was opened on it. */
function isFreeForCampaign(plan: FiledPlan): boolean {
  return !isGeneral(plan) && plan.campaign === undefined;
}

function hrefOf(number: string): string {
  return `/donations/campaigns/${number}`;
}
