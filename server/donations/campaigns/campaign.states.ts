import { type StateOf, stateTable } from '../../kernel/state-table';

/** A campaign is drafted, then opened by another person when its papers are there; it ends by itself after its last day. */
export const campaignStates = stateTable({ draft: ['opened', 'dropped'], opened: ['ended'], ended: [], dropped: [] });
export type CampaignState = StateOf<typeof campaignStates>;
