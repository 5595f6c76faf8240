import { type StateOf, stateTable } from '../kernel/state-table';

/** A sum that was approved to be paid to a household. A returned one waits here for a new line (DOMAIN 6, BP4). */
export const payableStates = stateTable({
  open: ['batched', 'void'],
  batched: ['open', 'returned', 'sent'],
  sent: ['paid', 'returned'],
  returned: ['batched', 'void'],
  paid: [],
  void: [],
});
export type PayableState = StateOf<typeof payableStates>;

/** One payment in one bank file. An `unknown` line is asked about and never has a successor. */
export const lineStates = stateTable({
  pending: ['sent'],
  sent: ['paid', 'returned', 'unknown'],
  unknown: ['paid', 'returned'],
  paid: [],
  returned: [],
});
export type LineState = StateOf<typeof lineStates>;

export const batchStates = stateTable({
  draft: ['checked', 'withdrawn'],
  checked: ['firstSigned', 'draft', 'withdrawn'],
  firstSigned: ['secondSigned', 'draft'],
  secondSigned: ['exported', 'draft'],
  exported: ['accepted', 'resulted'],
  accepted: ['resulted'],
  resulted: ['reconciled'],
  reconciled: [],
  withdrawn: [],
});
export type BatchState = StateOf<typeof batchStates>;
