import { type StateOf, stateTable } from '../../kernel/state-table';

/**
 * The way of offered goods (DOMAIN 8): seen by one person, decided by another, valued by a third; the shops put them on their shelves.
 * `withdrawn` when the giver took them back before anybody had seen them, `shelved` when the last piece has left the store.
 */
export const goodsStates = stateTable({
  offered: ['inspected', 'withdrawn'],
  inspected: ['accepted', 'refused'],
  accepted: ['valued'],
  refused: [],
  withdrawn: [],
  valued: ['valued', 'shelved'],
  shelved: [],
});

export type GoodsState = StateOf<typeof goodsStates>;
