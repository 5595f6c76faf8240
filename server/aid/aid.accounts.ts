import { gift } from '../donations';
import { restriction } from '../funds';
import { defineKind, defineSeries } from '../ledger';
import { payable } from '../payments';

/** An approved sum leaves the pools that the case satisfies and is the family's. */
export const aidReserved = defineKind({ name: 'aid.reserved', accounts: [restriction, gift, payable], by: ['fundManager', 'system'] });

/** A cancelled sum goes back to the gifts it came from. */
export const aidCancelled = defineKind({ name: 'aid.cancelled', accounts: [restriction, gift, payable], by: ['fundManager'] });

// Notes: steps of a case on which no money moves.
const village = ['villageCadre', 'townshipOfficer', 'system'] as const;

export const aidRequested = defineKind({ name: 'aid.requested', by: village });
export const aidSurveyed = defineKind({ name: 'aid.surveyed', by: village });
export const aidAppraised = defineKind({ name: 'aid.appraised', by: village });
export const aidPosted = defineKind({ name: 'aid.posted', by: [...village, 'fundManager'] });
export const aidReviewed = defineKind({ name: 'aid.reviewed', by: ['townshipOfficer', 'system'] });
export const aidSigned = defineKind({ name: 'aid.signed', by: ['fundManager'] });
export const aidWaiting = defineKind({ name: 'aid.waiting', by: ['fundManager', 'system'] });
export const aidSentBack = defineKind({ name: 'aid.sentBack', by: ['townshipOfficer', 'fundManager'] });
export const aidRefused = defineKind({ name: 'aid.refused', by: ['townshipOfficer', 'fundManager'] });
export const aidWithdrawn = defineKind({ name: 'aid.withdrawn', by: [...village, 'fundManager'] });
export const aidFollowed = defineKind({ name: 'aid.followed', by: ['system', 'financeOfficer'] });

/** `A-2026-000412`. */
export const aidNumbers = defineSeries({ name: 'aidCase', prefix: 'A' });
