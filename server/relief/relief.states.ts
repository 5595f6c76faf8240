import { type StateOf, stateTable } from '../kernel/state-table';

/** A referral to one kind of relief, from "they may be entitled" to its end (DOMAIN 4). */
export const reliefStates = stateTable({
  identified: ['referred', 'notApplicable'],
  referred: ['accepted', 'granted', 'refused', 'notApplicable'],
  accepted: ['surveyed', 'granted', 'refused', 'notApplicable'],
  surveyed: ['posted', 'granted', 'refused'],
  posted: ['granted', 'refused'],
  granted: ['paying', 'ended', 'expired'],
  paying: ['ended', 'expired'],
  ended: [],
  refused: [],
  notApplicable: [],
  expired: [],
});

export type ReliefState = StateOf<typeof reliefStates>;

/** Where a referral is settled as far as aid is concerned: it has been delivered, or will not be (DOMAIN 6, AI1). */
const settled: ReadonlySet<ReliefState> = new Set(['paying', 'ended', 'refused', 'notApplicable', 'expired']);

export function isSettled(state: ReliefState): boolean {
  return settled.has(state);
}
