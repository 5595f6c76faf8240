import { may } from '../identity';
import type { Context } from '../kernel/context';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import type { Translate } from '../platform/i18n/translator';
import type { ChipFamily } from '../platform/views/mark-helpers';
import type { AidCase } from './aid-case.model';
import type { AidCaseState } from './aid-case.states';
import { handsIn } from './case-step';

/** A state as lists and pages show it: one word each, in every list (LOOK, status chips). */
export interface CaseChip {
  family: ChipFamily;
  word: string;
}

const chips: Readonly<Record<AidCaseState, readonly [ChipFamily, string]>> = {
  screened: ['waiting', 'visit'],
  surveyed: ['waiting', 'appraisal'],
  appraised: ['waiting', 'posting'],
  posted: ['running', 'published'],
  townshipReviewed: ['running', 'deciding'],
  waiting: ['waiting', 'money'],
  approved: ['waiting', 'approvedUnpaid'],
  scheduled: ['running', 'paying'],
  paid: ['done', 'received'],
  closed: ['done', 'closed'],
  sentBack: ['failed', 'sentBack'],
  refused: ['failed', 'refused'],
  cancelled: ['failed', 'voided'],
};

/** The chip of a case for the person who looks: what waits for them says so. */
export function caseChip(ctx: Context, t: Translate, aidCase: AidCase): CaseChip {
  if (waitsForApproval(ctx, aidCase)) return { family: 'waiting', word: t('states:waiting.myApproval') };
  if (waitsForReview(ctx, aidCase)) return { family: 'waiting', word: t('states:waiting.review') };
  if (hasReturned(aidCase)) return { family: 'failed', word: t('states:failed.returned') };
  const [family, word] = chips[aidCase.state.name];
  return { family, word: t(`states:${family}.${word}`) };
}

/** The bank sent the payment back, and no new one is under way. */
export function hasReturned({ state, steps }: AidCase): boolean {
  return state.name === 'approved' && steps.at(-1)?.what === 'returned';
}

/** Whether this person could approve the case now: a manager who has had no hand in it. */
export function waitsForApproval(ctx: Context, aidCase: AidCase): boolean {
  const mayApprove = may(ctx.actor, 'aid.approve') && !handsIn(aidCase).includes(ctx.actor.id);
  return aidCase.state.name === 'townshipReviewed' && mayApprove;
}

/** Whether its notice has ended and the township's review is due. */
export function waitsForReview(ctx: Context, { state, reviewFrom }: AidCase): boolean {
  return state.name === 'posted' && reviewFrom !== undefined && reviewFrom <= shanghaiDay(ctx.clock.now());
}

/** When the next step is due, in words: late, today, tomorrow, or the day. */
export interface Due {
  word: string;
  /** Class of the word: `late`, `due` or none. */
  tone: '' | 'due' | 'late';
}

/** Late and today stand out; a case that is over has no due day. */
export function dueWord(t: Translate, dueOn: LocalDate, today: LocalDate, dayText: (day: LocalDate) => string): Due {
  if (dueOn > '2190') return { word: '', tone: '' };
  const days = (Date.parse(dueOn) - Date.parse(today)) / 86_400_000;
  if (days < 0) return { word: t('aid:due.late', { count: -days }), tone: 'late' };
  if (days === 0) return { word: t('aid:due.today'), tone: 'due' };
  return { word: days === 1 ? t('aid:due.tomorrow') : dayText(dueOn), tone: '' };
}
