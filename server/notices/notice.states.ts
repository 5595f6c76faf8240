import { type StateOf, stateTable } from '../kernel/state-table';

/** A public notice (DOMAIN 6). `objected` and its outcomes come with objections. */
export const noticeStates = stateTable({
  posted: ['ended', 'objected'],
  objected: ['upheld', 'dismissed'],
  dismissed: ['ended', 'objected'],
  upheld: ['takenDown'],
  ended: ['takenDown'],
  takenDown: [],
});
export type NoticeState = StateOf<typeof noticeStates>;
