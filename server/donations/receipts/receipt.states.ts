import { type StateOf, stateTable } from '../../kernel/state-table';

/** A receipt's way (DOMAIN 8). A voided one is kept: its number is never used again. */
export const receiptStates = stateTable({ issued: ['voided'], voided: [] });
export type ReceiptState = StateOf<typeof receiptStates>;

/** A range counts when a second finance officer has compared it with the paper; `usedUp`: its last number was taken. */
export const receiptRangeStates = stateTable({ entered: ['open', 'declined'], open: ['usedUp'], usedUp: [], declined: [] });
export type ReceiptRangeState = StateOf<typeof receiptRangeStates>;
