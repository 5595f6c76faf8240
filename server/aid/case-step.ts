import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { addDays, type LocalDate, localDate, shanghaiDay } from '../kernel/local-date';
import { settingInForce } from '../settings';
import { aidStepDays } from './aid.settings';
import type { AidCase, CaseStep } from './aid-case.model';
import { type AidCaseState, aidCaseStates, endStates } from './aid-case.states';

const never = localDate('2199-12-31'); // what is over is late no more, and comes last in the queue

type Advance = Pick<AidCase, 'state' | 'steps' | 'dueOn'>;

/** The fields that a step changes: the next state, the step on record, the day by which the one after it should be done. */
export async function nextState(ctx: Context, aidCase: AidCase, to: AidCaseState, note?: string): Promise<Advance> {
  const state = aidCaseStates.enter(aidCase.state, to, ctx);
  const dueOn = endStates.has(to) ? never : await dueDay(ctx, aidCase.village);
  return { state, steps: [...aidCase.steps, stepOf(ctx, aidCase, to, note)], dueOn };
}

/** One step on record. */
export function stepOf(ctx: Context, { round }: Pick<AidCase, 'round'>, what: CaseStep['what'], note?: string): CaseStep {
  return { what, by: ctx.actor.id, at: ctx.clock.now(), round, ...(note && { note }) };
}

/** The day by which a step that opens today should be done. */
export async function dueDay(ctx: Context, village: string): Promise<LocalDate> {
  const today = shanghaiDay(ctx.clock.now());
  const { value: days } = await settingInForce(ctx, aidStepDays, { day: today, place: village });
  return addDays(today, days);
}

/** Nobody acts twice on one case, whatever roles a person has (DESIGN §3). @throws `rule.same-person`. */
export function assertNoHandIn(ctx: Pick<Context, 'actor'>, aidCase: AidCase, hands = handsIn(aidCase)): void {
  if (hands.includes(ctx.actor.id)) fail('rule.same-person', { number: aidCase.number });
}

const reviewed: ReadonlySet<AidCaseState> = new Set(['townshipReviewed', 'waiting']);

/**
 * Who takes no step forward on a case. A round that was sent back keeps its hands: its reviewer may review again and its approvers may sign
 * again, but neither takes the other's step.
 */
export function handsIn(aidCase: AidCase): string[] {
  if (reviewed.has(aidCase.state.name)) return [...deedsIn(aidCase).keys()];
  return [aidCase.requester, ...aidCase.approvals.map(({ by }) => by)];
}

/** Who did what on a case that waits for its approvals: whoever is in here approves it no more. */
export function deedsIn({ requester, steps, approvals, round }: AidCase): Map<string, string[]> {
  const deeds = new Map<string, string[]>();
  const add = (person: string, what: string) => deeds.set(person, [...new Set([...(deeds.get(person) ?? []), what])]);
  add(requester, 'requested');
  for (const { what, by } of steps) if (what === 'townshipReviewed') add(by, 'reviewed');
  for (const approval of approvals) if (approval.round === round) add(approval.by, 'signed');
  return deeds;
}

/** Who does not stop a case: the hands of its present round only, since whoever agreed to an earlier one may think better of it. */
export function handsInRound({ requester, reviewer, approvals, round }: AidCase): string[] {
  const approvers = approvals.filter((one) => one.round === round).map(({ by }) => by);
  return [requester, ...(reviewer ? [reviewer] : []), ...approvers];
}
