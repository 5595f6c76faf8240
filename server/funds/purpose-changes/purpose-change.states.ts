import { type StateOf, stateTable } from '../../kernel/state-table';

/** A change of purpose: asked for with the donor's consent, then confirmed by another person, or declined. */
export const changeStates = stateTable({ asked: ['confirmed', 'declined'], confirmed: [], declined: [] });
export type ChangeState = StateOf<typeof changeStates>;
