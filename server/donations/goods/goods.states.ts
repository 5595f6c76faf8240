import { type StateOf, stateTable } from '../../kernel/state-table';

/**
 * The way of offered goods (DOMAIN 8): seen by one person, decided by another, valued by a third; the shops put them on their shelves.
 * `shelved` when the last piece has left the store.
 */
export const goodsStates = stateTable({
  offered: ['inspected'],
  inspected: ['accepted', 'refused'],
  accepted: ['valued'],
  refused: [],
  valued: ['valued', 'shelved'],
  shelved: [],
});

export type GoodsState = StateOf<typeof goodsStates>;
