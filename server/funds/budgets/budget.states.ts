import { type StateOf, stateTable } from '../../kernel/state-table';

/** A budget is proposed by one person and confirmed by another; a later one of the same purpose and year takes its place. */
export const budgetStates = stateTable({ proposed: ['confirmed', 'declined'], confirmed: ['replaced'], declined: [], replaced: [] });
export type BudgetState = StateOf<typeof budgetStates>;

/** An alarm rings once when its cause comes, and is quiet again when it has gone. */
export const alarmStates = stateTable({ raised: ['settled'], settled: ['raised'] });
export type AlarmState = StateOf<typeof alarmStates>;
