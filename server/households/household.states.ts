import { type StateOf, stateTable } from '../kernel/state-table';

/** A household in the registry (DOMAIN 2). Merging and moving come with their own acts. */
export const householdStates = stateTable({
  draft: ['active'],
  active: ['merged', 'moved', 'dissolved'],
  merged: [],
  moved: [],
  dissolved: [],
});
export type HouseholdState = StateOf<typeof householdStates>;

/** A year's income as stated by the family, looked at by the village, signed by both. */
export const statementStates = stateTable({
  draft: ['submitted'],
  submitted: ['verified', 'draft', 'withdrawn'],
  verified: ['signed', 'draft'],
  signed: ['superseded'],
  superseded: [],
  withdrawn: [],
});
export type StatementState = StateOf<typeof statementStates>;

/** The bank account that payments go to: usable only after a second person has compared it with card or passbook (DOMAIN 1, 6 BP5). */
export const bankAccountStates = stateTable({
  entered: ['usable', 'closed'],
  usable: ['failed', 'closed'],
  failed: ['usable', 'closed'],
  closed: [],
});
export type BankAccountState = StateOf<typeof bankAccountStates>;

/** A card that wakes a kiosk. A lost card is blocked; what it stood for stays. */
export const cardStates = stateTable({ issued: ['blocked'], blocked: [] });
export type CardState = StateOf<typeof cardStates>;
