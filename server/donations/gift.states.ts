import { type StateOf, stateTable } from '../kernel/state-table';

/**
 * A gift's way (DOMAIN 8). `draft`: the giver has not reached a way to pay yet. `lapsed`: no payment came; one that comes after all is
 * still received, since money that arrives is a fact. What was refunded or charged back may come back: the payer's bank says
 * so. `withdrawn`: taken back before money came; one that comes after all is received, too. A gift whose receipt was voided waits for a new one as `received`. `voided`: cash whose slip two people took back on its day.
 */
export const giftStates = stateTable({
  draft: ['awaiting', 'received', 'lapsed', 'withdrawn'],
  awaiting: ['received', 'lapsed', 'withdrawn'],
  lapsed: ['awaiting', 'received', 'withdrawn'],
  withdrawn: ['received'],
  received: ['receipted', 'refundAsked', 'refunded', 'disputed', 'voided'],
  receipted: ['received', 'refundAsked', 'refunded', 'disputed', 'voided'],
  refundAsked: ['refunded', 'received', 'receipted', 'disputed'],
  refunded: ['received'],
  disputed: ['received', 'receipted', 'refundAsked', 'refunded', 'chargedBack'],
  chargedBack: ['received', 'receipted', 'refundAsked'],
  voided: [],
});

export type GiftState = StateOf<typeof giftStates>;

/** The states in which the money is with the charity. */
export const arrivedStates = ['received', 'receipted', 'refundAsked', 'disputed'] as const satisfies readonly GiftState[];

/** The states in which a payment may still come. */
export const openStates = ['draft', 'awaiting'] as const satisfies readonly GiftState[];
