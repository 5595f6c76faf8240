import { type StateOf, stateTable } from '../../kernel/state-table';

/** A slip stands until two people have voided it. */
export const slipStates = stateTable({ taken: ['voidAsked'], voidAsked: ['taken', 'voided'], voided: [] });
export type SlipState = StateOf<typeof slipStates>;

/**
 * A day of a counter. `counting`: no more slips, the notes are being counted and nobody is told what the book says. `counted`: the count
 * differs, which waits for a reason and a second person; it may be counted again.
 */
export const counterDayStates = stateTable({
  open: ['counting'],
  counting: ['counted', 'closed'],
  counted: ['counted', 'closed'],
  closed: [],
});
export type CounterDayState = StateOf<typeof counterDayStates>;

export const depositStates = stateTable({ inTransit: ['arrived'], arrived: [] });
export type DepositState = StateOf<typeof depositStates>;
