import { defineKind } from '../../ledger';

// Notes: what was only announced is in no book.
const by = ['financeOfficer', 'donorOwner', 'donorMember', 'system'] as const;
export const giftWithdrawn = defineKind({ name: 'gift.withdrawn', by });
export const goodsWithdrawn = defineKind({ name: 'goods.withdrawn', by });
export const pledgeWithdrawn = defineKind({ name: 'pledge.withdrawn', by });
