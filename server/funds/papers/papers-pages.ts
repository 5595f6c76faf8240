import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { daysBetween, type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import { formatDay } from '../../platform/views/format';
import type { StateChip } from '../../platform/views/mark-helpers';
import { countyCode, divisionFullName } from '../../regions';
import { placesIn } from '../places-in';
import { givingWays, planServes } from './filed-plan.model';
import { asksFrom, isGeneral } from './filing-rules';
import { allPapers, findProposalOrThrow, proposedPapers } from './find-papers';
import { givingBasis } from './giving-basis';
import type { CertificateSaid, FiledPlanSaid, PaperProposal } from './paper-proposal.model';
import type { PaperDays } from './papers-end';
import { papersToWarnOf } from './warn-of-papers';

const families = { proposed: 'waiting', confirmed: 'done', declined: 'failed' } as const;

/** On what ground the public is asked now, what ends soon, what waits for a second person, and every paper there was. */
export async function papersPage(ctx: Context, t: Translate) {
  const today = shanghaiDay(ctx.clock.now());
  const [{ certificates, plans }, proposals, basis, ending] = await Promise.all([
    allPapers(ctx),
    proposedPapers(ctx),
    givingBasis(ctx, today),
    papersToWarnOf(ctx),
  ]);
  return {
    basis,
    mayPropose: may(ctx.actor, 'fund.proposePapers'),
    ending: ending.map(({ kind, lastDay }) => t(`funds:budget.alarm.${kind}`, { day: formatDay(lastDay, ctx.locale) })),
    proposals: proposals.map((proposal) => ({ href: hrefOf(proposal._id), ...titleOf(t, proposal), at: proposal.proposedAt })),
    certificates: certificates.map(({ number, holder, validFrom: from, validTo: to, scan }) => ({
      number,
      name: holder,
      from,
      to,
      scan,
      ...standingOf(t, { from, to }, today),
    })),
    plans: plans.map((plan) => ({
      ...plan,
      note: t(`funds:papers.serves.${plan.serves ?? 'general'}`),
      ...standingOf(t, { from: asksFrom(plan), to: plan.to }, today),
    })),
  };
}

function standingOf(t: Translate, { from, to }: PaperDays, today: LocalDate): { chip: StateChip; left?: string } {
  if (today < from) return { chip: { family: 'waiting', word: t('funds:papers.coming') } };
  if (to < today) return { chip: { family: 'still', word: t('funds:papers.over') } };
  return { chip: { family: 'done', word: t('funds:papers.inForce') }, left: t('funds:papers.left', { count: daysBetween(today, to) }) };
}

function titleOf(t: Translate, { certificate, plan }: PaperProposal) {
  return certificate
    ? { kind: t('funds:papers.kind.certificate'), number: certificate.number, from: certificate.validFrom, to: certificate.validTo }
    : { kind: t('funds:papers.kind.plan'), number: plan?.number, from: plan?.from, to: plan?.to };
}

/** A paper as it was entered, beside what its second person may do. */
export async function proposalPage(ctx: Context, t: Translate, id: string) {
  const proposal = await findProposalOrThrow(ctx, id);
  const { state, proposedBy, proposedAt, certificate, plan } = proposal;
  const people = await maskedNames(ctx, [proposedBy, state.by]);
  const waits = state.name === 'proposed';
  const isOwn = proposedBy === ctx.actor.id;
  return {
    action: hrefOf(id),
    ...titleOf(t, proposal),
    chip: { family: families[state.name], word: t(`funds:papers.state.${state.name}`) },
    compareText: t(`funds:papers.compareText.${plan?.serves ?? 'general'}`),
    facts: certificate ? certificateFacts(t, certificate) : plan ? planFacts(ctx, t, plan) : [],
    mayConfirm: waits && !isOwn && may(ctx.actor, 'fund.recordPapers'),
    isOwn: waits && isOwn,
    mayLetGo: waits && may(ctx.actor, 'fund.proposePapers'),
    events: [
      ...(waits ? [] : [{ what: t(`kinds:paper.${state.name}`), at: state.at, who: people.get(state.by) ?? '' }]),
      { what: t('kinds:paper.proposed'), at: proposedAt, who: people.get(proposedBy) ?? '' },
    ],
  };
}

interface Fact {
  label: string;
  value?: string;
  day?: LocalDate;
}

function certificateFacts(t: Translate, { number, holder, authority, validFrom, validTo, scan }: CertificateSaid): Fact[] {
  return [
    { label: t('donations:papers.certificate'), value: number },
    { label: t('donations:papers.holder'), value: holder },
    { label: t('donations:papers.authority'), value: authority },
    { label: t('funds:papers.from'), day: validFrom },
    { label: t('funds:papers.to'), day: validTo },
    { label: t('funds:papers.scan'), value: scan },
  ];
}

function planFacts(ctx: Context, t: Translate, plan: FiledPlanSaid): Fact[] {
  const { holder, bank, number } = plan.bankAccount;
  const texts = ['purpose', 'person', 'beneficiaries', 'use', 'cost', 'surplus'] as const;
  return [
    { label: t('donations:papers.plan'), value: plan.number },
    { label: t('donations:papers.name'), value: plan.name },
    { label: t('funds:papers.servesLabel'), value: t(`funds:papers.serves.${plan.serves ?? 'general'}`) },
    { label: t('funds:papers.from'), day: plan.from },
    { label: t('funds:papers.to'), day: plan.to },
    { label: t('donations:papers.filedOn'), day: plan.filedOn },
    { label: t('donations:papers.area'), value: divisionFullName(plan.area, ctx.locale) },
    { label: t('donations:papers.ways'), value: plan.ways.map((way) => t(`donations:papers.way.${way}`)).join(' · ') },
    { label: t('donations:papers.account'), value: `${holder} · ${bank} ${number}` },
    ...texts.map((field) => ({ label: t(`donations:papers.${field}`), value: plan[field] })),
    { label: t('funds:papers.scan'), value: plan.scan },
  ];
}

/** The form of a certificate, or of a filed plan with what the last one said: most of it stays the same for years. */
export async function paperForm(ctx: Context, t: Translate) {
  const county = countyCode();
  const { certificates, plans } = await allPapers(ctx);
  const today = shanghaiDay(ctx.clock.now());
  const last = plans.find(isGeneral);
  return {
    requestKey: randomId(ctx.random, 'req'),
    today,
    lastCertificate: certificates[0],
    last,
    serves: planServes.map((value) => ({
      value,
      label: t(`funds:papers.serves.${value}`),
      hint: t(`funds:papers.servesHint.${value}`),
    })),
    areas: [{ value: county as string, label: divisionFullName(county, ctx.locale) }, ...placesIn(ctx, county)],
    ways: givingWays.map((value) => ({
      value,
      label: t(`donations:papers.way.${value}`),
      checked: last?.ways.includes(value) ? value : '',
    })),
  };
}

function hrefOf(id: string): string {
  return `/funds/papers/${id}`;
}
