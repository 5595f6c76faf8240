import { type StateOf, stateTable } from '../../kernel/state-table';

/** A file is shown first, then its lines are taken in by a job; or it is discarded, until somebody brings it again. */
export const statementStates = stateTable({
  previewed: ['importing', 'discarded'],
  importing: ['imported'],
  imported: [],
  discarded: ['previewed'],
});
export type StatementState = StateOf<typeof statementStates>;

/** What became of a line: it waits, is somebody's entry, or was put aside with a reason. */
export const lineStates = stateTable({ open: ['matched', 'ignored'], matched: [], ignored: ['open'] });
export type LineState = StateOf<typeof lineStates>;
