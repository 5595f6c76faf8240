import { addDays, type LocalDate } from '../kernel/local-date';

/** An objection to a notice, as far as it stops the next step. */
export interface ObjectionFacts {
  outcome: 'open' | 'dismissed' | 'upheld';
  /** The day of the decision; absent while open. */
  decidedOn?: LocalDate;
}

export interface NoticeFacts {
  lastDay: LocalDate;
  objections: readonly ObjectionFacts[];
}

/**
 * From which day on what was posted may be approved, or why not: from the day after the last day; a dismissed objection moves it to the
 * day of dismissal if that is later; an open one stops it; an upheld one needs a survey and a new notice (DOMAIN 6, NO2).
 */
export function approvableFrom({ lastDay, objections }: NoticeFacts): LocalDate | 'objectionOpen' | 'objectionUpheld' {
  if (objections.some(({ outcome }) => outcome === 'upheld')) return 'objectionUpheld';
  if (objections.some(({ outcome }) => outcome === 'open')) return 'objectionOpen';
  const dismissals = objections.flatMap(({ decidedOn }) => (decidedOn ? [decidedOn] : []));
  return [...dismissals, addDays(lastDay, 1)].sort().at(-1) ?? lastDay;
}
