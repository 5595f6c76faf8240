import { type StateOf, stateTable } from '../../kernel/state-table';

/** A paper is entered by one person, then compared with its original and confirmed by another, or let go. */
export const proposalStates = stateTable({ proposed: ['confirmed', 'declined'], confirmed: [], declined: [] });
export type ProposalState = StateOf<typeof proposalStates>;
