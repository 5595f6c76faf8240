import { type StateOf, stateTable } from '../../kernel/state-table';

/**
 * A pledge's way (DOMAIN 8). It follows from the gifts that have come, so that a refund leads back, and what comes late mends a breach;
 * only a release, and that it was taken back before anything was paid, are somebody's decision, and the last word.
 */
export const pledgeStates = stateTable({
  promised: ['part', 'fulfilled', 'breached', 'released', 'withdrawn'],
  part: ['promised', 'fulfilled', 'breached', 'released'],
  fulfilled: ['promised', 'part', 'breached'],
  breached: ['promised', 'part', 'fulfilled', 'released', 'withdrawn'],
  released: [],
  withdrawn: [],
});

export type PledgeState = StateOf<typeof pledgeStates>;

/** The states that are the last word, whatever comes. */
export const endedPledgeStates = ['released', 'withdrawn'] as const satisfies readonly PledgeState[];

/** Whether nothing is to come on a pledge any more, by somebody's decision. */
export function isEndedPledge({ state }: { state: { name: PledgeState } }): boolean {
  return endedPledgeStates.some((name) => name === state.name);
}

/** The states in which something is still to come. */
export const openPledgeStates = ['promised', 'part', 'breached'] as const satisfies readonly PledgeState[];
