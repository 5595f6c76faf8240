import { type StateOf, stateTable } from '../../kernel/state-table';

/**
 * A campaign is drafted, then opened by another person when its papers are there. It ends by itself after its last day, or is stopped
 * before that day by two persons, who say why.
 */
export const campaignStates = stateTable({
  draft: ['opened', 'dropped'],
  opened: ['ended', 'stopped'],
  ended: [],
  stopped: [],
  dropped: [],
});
export type CampaignState = StateOf<typeof campaignStates>;
