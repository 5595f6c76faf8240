import { defineKind } from '../ledger';

/** A certificate or filed plan was entered. A note: no money moves. */
export const papersRecorded = defineKind({ name: 'fund.papersRecorded', by: ['fundManager', 'system'] });
