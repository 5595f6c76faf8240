import { type StateOf, stateTable } from '../kernel/state-table';

/** Invited until the link is used; a deactivated person stays in the list, and what they did stays theirs. */
export const userStates = stateTable({ invited: ['active', 'deactivated'], active: ['deactivated'], deactivated: [] });

export type UserState = StateOf<typeof userStates>;
