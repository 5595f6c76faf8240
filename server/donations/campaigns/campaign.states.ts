import { type StateOf, stateTable } from '../../kernel/state-table';

/**
 * A campaign is drafted and may be written anew while it is a draft; then another person opens it when its papers are there. It ends by itself after its last day, or is stopped
 * before that day by two persons, who say why.
 */
export const campaignStates = stateTable({
  draft: ['draft', 'opened', 'dropped'],
  opened: ['ended', 'stopped'],
  ended: [],
  stopped: [],
  dropped: [],
});
export type CampaignState = StateOf<typeof campaignStates>;
