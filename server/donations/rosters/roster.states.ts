import { type StateOf, stateTable } from '../../kernel/state-table';

/**
 * A roster's way: read, handed in by one person (the gift's money is set apart for it), confirmed by another (the money goes under each
 * row's purpose), its rows written by a job; and, while nothing of it was used, taken back by two. `faulty`: it waits for a better file; `discarded`: it was
 * never handed in.
 */
export const rosterStates = stateTable({
  faulty: ['discarded'],
  previewed: ['asked', 'discarded'],
  asked: ['booking', 'withdrawn'],
  booking: ['booked'],
  booked: ['undoAsked'],
  undoAsked: ['booked', 'undoing'],
  undoing: ['undone'],
  discarded: [],
  withdrawn: [],
  undone: [],
});
export type RosterState = StateOf<typeof rosterStates>;

/** The states in which a gift is free for another roster. */
export const endedStates = ['discarded', 'withdrawn', 'undone'] as const satisfies readonly RosterState[];
