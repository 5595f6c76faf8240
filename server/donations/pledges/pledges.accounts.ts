import { defineKind, defineSeries } from '../../ledger';

/** Our number of a pledge; the agreement's own is on its paper. */
export const pledgeNumbers = defineSeries({ name: 'pledge', prefix: 'P' });

/** Somebody has promised to give, or how that goes on. Notes, all of them: a pledge is not money. */
export const pledgeRecorded = defineKind({ name: 'pledge.recorded', by: ['financeOfficer', 'donorOwner', 'donorMember', 'system'] });
export const pledgeNoted = defineKind({ name: 'pledge.noted', by: ['financeOfficer', 'system'] });
export const pledgeReleased = defineKind({ name: 'pledge.released', by: ['fundManager'] });
