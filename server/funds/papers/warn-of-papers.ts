import type { Context } from '../../kernel/context';
import { AppError } from '../../kernel/errors';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { countyCode } from '../../regions';
import { settingInForce } from '../../settings';
import { papersWarnDays } from '../funds.settings';
import { asksFrom, isGeneral } from './filing-rules';
import { allPapers } from './find-papers';
import { endToWarnOf, type PaperDays } from './papers-end';

export type PaperAlarm = 'certificateEnds' | 'planEnds';

/** The ends of papers that are near or have passed, for who has to renew them; none while the county has set no number of days. */
export async function papersToWarnOf(ctx: Context): Promise<{ kind: PaperAlarm; lastDay: LocalDate }[]> {
  return (await endsOfPapers(ctx)).filter(({ isCause }) => isCause).map(({ kind, lastDay }) => ({ kind, lastDay }));
}

/** Each last day of a paper, and whether it is a cause to warn now: so that a warning ends when a paper follows. */
export async function endsOfPapers(ctx: Context): Promise<{ kind: PaperAlarm; lastDay: LocalDate; isCause: boolean }[]> {
  const today = shanghaiDay(ctx.clock.now());
  const days = await warnDaysOf(ctx, today);
  if (days === undefined) return [];
  const { certificates, plans } = await allPapers(ctx);
  const of = (kind: PaperAlarm, papers: readonly PaperDays[]) => {
    const end = endToWarnOf(papers, today, days);
    return [...new Set(papers.map(({ to }) => to))].map((lastDay) => ({ kind, lastDay, isCause: lastDay === end }));
  };
  return [
    ...of(
      'certificateEnds',
      certificates.map(({ validFrom, validTo }) => ({ from: validFrom, to: validTo })),
    ),
    // A campaign ends with its plan, and nothing has to follow.
    ...of(
      'planEnds',
      plans.filter(isGeneral).map((plan) => ({ from: asksFrom(plan), to: plan.to })),
    ),
  ];
}

async function warnDaysOf(ctx: Context, day: LocalDate): Promise<number | undefined> {
  try {
    return (await settingInForce(ctx, papersWarnDays, { day, place: countyCode() })).value;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return undefined;
    throw error;
  }
}
