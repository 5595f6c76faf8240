import { allowance, allowanceGranted, defineAccounts, defineKind, definePools } from '../ledger';

/** What a household can spend, by its surrogate: a pool whose lots are awards, `points:<surrogate>:<award>`. */
export const points = definePools({ name: 'points', unit: 'PTS', side: 'credit' });

/** All points ever awarded in a village. */
export const pointsIssued = defineAccounts({ name: 'pointsIssued', unit: 'PTS', side: 'debit', floor: 'none' });

/** Points that ended unspent. One account: whose they were stands in the entry. */
const pointsExpired = defineAccounts({ name: 'pointsExpired', unit: 'PTS', side: 'credit', floor: 'none' });
export const expiredUnspent = pointsExpired('all');

const cadres = ['villageCadre', 'townshipOfficer', 'system'] as const;

// Notes: nothing moves until a second person has confirmed.
export const ruleAdded = defineKind({ name: 'points.ruleAdded', by: ['fundManager', 'system'] });
export const deedRecorded = defineKind({ name: 'deed.recorded', by: cadres });
export const deedRejected = defineKind({ name: 'deed.rejected', by: cadres });

export const pointsAwarded = defineKind({
  name: 'points.awarded',
  accounts: [points, pointsIssued, allowance, allowanceGranted],
  by: cadres,
});
export const pointsRanOut = defineKind({ name: 'points.expired', accounts: [points, pointsExpired], by: ['system'] });
