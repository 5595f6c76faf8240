import { findHouseholdOrThrow, type Household, shownName } from '../households';
import { scopesOf } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { linesOfPayable } from '../payments';
import type { Translate } from '../platform/i18n/translator';
import { formatDay, formatSum } from '../platform/views/format';
import { divisionName } from '../regions';
import type { AidCase, CaseStep } from './aid-case.model';
import { hasReturned } from './case-chip';
import { findCasesOf } from './find-cases';

type At = 'done' | 'now' | 'ahead';

const way = ['requested', 'surveyed', 'appraised', 'noticeEnded', 'townshipReviewed', 'approved', 'scheduled', 'paid'] as const;
type Way = (typeof way)[number];

/** A family's own page of aid: how much, how far, and how the sum came about, in its own words (LOOK, picture 14). */
export async function ownAidPage(ctx: Context, t: Translate) {
  const [id = fail('not-found')] = scopesOf(ctx.actor, 'household');
  const household = await findHouseholdOrThrow(ctx, id);
  const [newest, ...earlier] = await findCasesOf(ctx, id);
  const who = { who: shownName(household), where: divisionName(household.village, ctx.locale) };
  if (!newest) return { ...who, none: true };
  const lines = await linesOfPayable(ctx, newest._id);
  const day = (on: Parameters<typeof formatDay>[0]) => formatDay(on, ctx.locale, shanghaiDay(ctx.clock.now()));
  return {
    ...who,
    amountFen: newest.amountFen,
    state: newest.state.name,
    status: statusOf(t, newest),
    steps: stepsOf(t, newest, day),
    sums: sumsOf(t, newest, (on) => formatDay(on, ctx.locale)),
    limit: t(`aid:ownLimit.${newest.sheet.sums.limit}`),
    heading: t(`aid:own.heading.${stageOf(newest)}`),
    account: accountWords(newest, household, lines.find(({ state }) => state.name === 'paid')?.accountTail),
    earlier: earlier.map(({ number, submittedOn, amountFen, state }) => ({
      number,
      submittedOn,
      amountFen,
      state: t(`aid:own.state.${state.name}`),
    })),
  };
}

/** Where the money of a case stands, for what is said of the sum and of the card. */
function stageOf({ state }: AidCase): 'asked' | 'granted' | 'paid' | 'over' {
  if (state.name === 'refused' || state.name === 'cancelled') return 'over';
  if (state.name === 'paid' || state.name === 'closed') return 'paid';
  return ['waiting', 'approved', 'scheduled'].includes(state.name) ? 'granted' : 'asked';
}

/** To which card the money goes or went; nothing when none will. A card that the bank refused is named no more. */
function accountWords(aidCase: AidCase, { bankAccount }: Household, paidTail: string | undefined) {
  const stage = stageOf(aidCase);
  if (stage === 'over') return undefined;
  if (stage === 'paid') return paidTail && { words: 'paidTo', tail: paidTail };
  if (!bankAccount) return { words: 'noCard' };
  if (bankAccount.state.name === 'failed') return { words: 'mendCard' };
  return { words: stage === 'granted' ? 'paysTo' : 'willPayTo', tail: bankAccount.tail };
}

function statusOf(t: Translate, aidCase: AidCase) {
  const name = hasReturned(aidCase) ? 'returned' : aidCase.state.name;
  return {
    heading: t(`aid:own.status.${name}`),
    text: t(`aid:own.next.${name}`),
  };
}

/** The way of this round: done with their days, the one that runs, those ahead. */
function stepsOf(t: Translate, aidCase: AidCase, day: (on: Date) => string) {
  const { steps, round, state } = aidCase;
  if (state.name === 'refused' || state.name === 'cancelled') return [];
  const done = new Map<CaseStep['what'], CaseStep>();
  for (const step of steps) if (step.round === round || step.what === 'requested') done.set(step.what, step);
  const firstOpen = way.find((name) => !done.has(name));
  return way.map((name) => ({
    name: t(`aid:own.step.${name}`),
    at: atOf(name, done.has(name), firstOpen),
    meta: metaOf(t, name, done.get(name), day, aidCase),
    ...(name === firstOpen && { chip: { family: 'running', word: t('states:running.working') } }),
  }));
}

function atOf(name: Way, isDone: boolean, firstOpen: Way | undefined): At {
  if (isDone) return 'done';
  return name === firstOpen ? 'now' : 'ahead';
}

function metaOf(
  t: Translate,
  name: Way,
  step: CaseStep | undefined,
  day: (on: Date) => string,
  { visit, appraisal }: Pick<AidCase, 'visit' | 'appraisal'>,
): string {
  if (!step) return t(`aid:own.ahead.${name}`);
  if (name === 'surveyed' && visit) return t('aid:own.done.surveyed', { day: day(step.at), count: visit.people });
  if (name === 'appraised' && appraisal) return t('aid:own.done.appraised', { day: day(step.at), count: appraisal.present });
  return day(step.at);
}

/** How the sum came about, as a family would count it. */
function sumsOf(t: Translate, { sheet, amountFen }: AidCase, day: (on: Parameters<typeof formatDay>[0]) => string) {
  const { facts, sums, rule, line } = sheet;
  return [
    { label: t('aid:own.sum.line', { count: facts.members, sum: formatSum(line.fen) }), fen: sums.thresholdFen },
    {
      label: t('aid:own.sum.had'),
      note: t('aid:own.sum.hadNote', { from: day(sheet.window.from), to: day(sheet.window.to) }),
      fen: -(facts.netFen + facts.reliefFen),
    },
    ...sheet.otherTopUps.map((one) => ({ label: t('aid:own.sum.earlier', { day: day(one.on) }), fen: -one.amountFen })),
    { label: t('aid:own.sum.gap'), fen: sums.gapFen, kind: 'subtotal' },
    { label: t('aid:own.sum.yearCap'), fen: rule.yearCapFen },
    ...(facts.thisYearFen > 0 ? [{ label: t('aid:own.sum.thisYear'), fen: -facts.thisYearFen }] : []),
    { label: t('aid:own.sum.result'), fen: amountFen, kind: 'result' },
  ];
}
