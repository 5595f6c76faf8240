import { type StateOf, stateTable } from '../kernel/state-table';

/** What became of money that did not fit: it waits until a finance officer books it as a gift, or marks it to be given back. */
export const parkedStates = stateTable({ waiting: ['booked', 'refundDue'], booked: [], refundDue: [] });

export type ParkedState = StateOf<typeof parkedStates>;
