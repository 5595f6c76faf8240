import { type StateOf, stateTable } from '../kernel/state-table';

/** A case of aid, from the village's request to the family's bank account (DOMAIN 6). Objections and recovery come with their acts. */
export const aidCaseStates = stateTable({
  screened: ['surveyed', 'refused', 'sentBack', 'cancelled'],
  surveyed: ['appraised', 'refused', 'sentBack', 'cancelled'],
  appraised: ['posted', 'refused', 'sentBack', 'cancelled'],
  posted: ['townshipReviewed', 'refused', 'sentBack', 'cancelled'],
  townshipReviewed: ['approved', 'waiting', 'refused', 'sentBack', 'cancelled'],
  waiting: ['approved', 'refused', 'cancelled'],
  approved: ['scheduled', 'cancelled'],
  scheduled: ['paid', 'approved', 'cancelled'],
  paid: ['closed'],
  sentBack: ['surveyed', 'refused', 'cancelled'],
  refused: [],
  cancelled: [],
  closed: [],
});

export type AidCaseState = StateOf<typeof aidCaseStates>;

/** The case is over: the household may have another. */
export const endStates: ReadonlySet<AidCaseState> = new Set(['refused', 'cancelled', 'paid', 'closed']);
