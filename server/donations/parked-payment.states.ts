import { type StateOf, stateTable } from '../kernel/state-table';

/**
 * What became of money that did not fit: it waits until a finance officer books it as a gift, or marks it to be given back; `paidBack`:
 * the payer has it again, and it may still come back from there, to wait for a decision that nobody had taken.
 */
export const parkedStates = stateTable({
  waiting: ['booked', 'refundDue', 'paidBack'],
  booked: [],
  refundDue: ['paidBack'],
  paidBack: ['refundDue', 'waiting'],
});

export type ParkedState = StateOf<typeof parkedStates>;
