import { addDays, type LocalDate } from '../../kernel/local-date';

/** A paper as far as its days go, both included. */
export interface PaperDays {
  from: LocalDate;
  to: LocalDate;
}

/** The last day until which papers follow one another from a day on, without a day between; nothing when none holds on that day. */
export function coveredUntil(papers: readonly PaperDays[], day: LocalDate): LocalDate | undefined {
  const until = furthest(papers, day);
  if (until === undefined) return undefined;
  return coveredUntil(papers, addDays(until, 1)) ?? until;
}

function furthest(papers: readonly PaperDays[], day: LocalDate): LocalDate | undefined {
  return papers
    .filter(({ from, to }) => from <= day && day <= to)
    .map(({ to }) => to)
    .sort()
    .at(-1);
}

/**
 * The day after which nobody may be asked for gifts any more, once it is near (FU1): `warnDays` before it until a paper follows it, also
 * when it has passed. Nothing while there has never been a paper, or the end is further off.
 */
export function endToWarnOf(papers: readonly PaperDays[], today: LocalDate, warnDays: number): LocalDate | undefined {
  const passed = papers
    .map(({ to }) => to)
    .filter((to) => to < today)
    .sort()
    .at(-1);
  const end = coveredUntil(papers, today) ?? passed;
  return end !== undefined && end <= addDays(today, warnDays) ? end : undefined;
}
