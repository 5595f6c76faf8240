import { type StateOf, stateTable } from '../../kernel/state-table';

/**
 * A pledge's way (DOMAIN 8). It follows from the gifts that have come, so that a refund leads back, and what comes late mends a breach;
 * only a release is somebody's decision, and the last word.
 */
export const pledgeStates = stateTable({
  promised: ['part', 'fulfilled', 'breached', 'released'],
  part: ['promised', 'fulfilled', 'breached', 'released'],
  fulfilled: ['promised', 'part', 'breached'],
  breached: ['promised', 'part', 'fulfilled', 'released'],
  released: [],
});

export type PledgeState = StateOf<typeof pledgeStates>;

/** The states in which something is still to come. */
export const openPledgeStates = ['promised', 'part', 'breached'] as const satisfies readonly PledgeState[];
