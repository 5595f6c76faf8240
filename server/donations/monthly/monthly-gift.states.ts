import { type StateOf, stateTable } from '../../kernel/state-table';

/**
 * The way of a monthly gift. `awaiting`: the giver has not agreed on the provider's page yet; `lapsed`: he let that page end. `failing`:
 * the card was refused and the provider will try again. `ended` is for good: who wants to give again begins anew.
 */
export const monthlyStates = stateTable({
  awaiting: ['active', 'paused', 'failing', 'ended', 'lapsed'],
  lapsed: ['awaiting', 'active', 'paused', 'failing', 'ended'],
  active: ['paused', 'failing', 'ended'],
  paused: ['active', 'failing', 'ended'],
  failing: ['active', 'paused', 'ended'],
  ended: [],
});

export type MonthlyState = StateOf<typeof monthlyStates>;

/** The states in which something is or may be collected. */
export const liveStates = ['active', 'paused', 'failing'] as const satisfies readonly MonthlyState[];
