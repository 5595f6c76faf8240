import { addDays, type LocalDate, localDate } from '../../kernel/local-date';
import type { FiledPlan } from './filed-plan.model';

type PlanDays = Pick<FiledPlan, 'from' | 'to' | 'filedOn'>;

/** A plan is filed so many days before the first day of asking, at the latest. */
export const filedBeforeDays = 10; // Charity Law 2023 art 24 and its measures, FU1
const since = localDate('2026-01-01'); // whoever began to ask before that day was not bound

/** The first day on which a plan that was filed on a day may lawfully be asked for. */
export function firstLawfulDay(filedOn: LocalDate): LocalDate {
  return addDays(filedOn, filedBeforeDays);
}

/** Whether a plan was filed early enough to ask from a day on. */
export function isFiledInTime({ from, filedOn }: PlanDays, firstDay: LocalDate): boolean {
  return from < since || firstLawfulDay(filedOn) <= firstDay;
}

/** From when the public may be asked on the ground of a plan: its first day, or a later one where it was filed too late. */
export function asksFrom(plan: PlanDays): LocalDate {
  return isFiledInTime(plan, plan.from) ? plan.from : firstLawfulDay(plan.filedOn);
}

/** Whether the public may be asked on the ground of a plan on a day; its last day is included. */
export function holdsOn(plan: PlanDays, day: LocalDate): boolean {
  return asksFrom(plan) <= day && day <= plan.to;
}

/** Which plan is the county's general one: of those that hold, what began first stays until it ends. */
export function generalPlanOn<Plan extends PlanDays & Pick<FiledPlan, 'serves'>>(plans: readonly Plan[], day: LocalDate): Plan | undefined {
  const holding = plans.filter((plan) => isGeneral(plan) && holdsOn(plan, day));
  return holding.sort((a, b) => (`${asksFrom(a)}/${a.to}` < `${asksFrom(b)}/${b.to}` ? -1 : 1)).at(0);
}

/** Whether a plan is the county's general one; papers of the first counties do not say it, and are. */
export function isGeneral({ serves = 'general' }: Pick<FiledPlan, 'serves'>): boolean {
  return serves === 'general';
}
