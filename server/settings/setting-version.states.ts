import { type StateOf, stateTable } from '../kernel/state-table';

/** A proposal counts only when a second person has confirmed it. `replaced`: corrected by another version before its first day. */
export const settingVersionStates = stateTable({
  proposed: ['confirmed', 'declined'],
  confirmed: ['replaced'],
  declined: [],
  replaced: [],
});

export type SettingVersionState = StateOf<typeof settingVersionStates>;
