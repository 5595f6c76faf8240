import { defineKind, defineSeries } from '../../ledger';

/** The number of a monthly gift; each month's gift has a number of its own. */
export const monthlyNumbers = defineSeries({ name: 'monthlyGift', prefix: 'M' });

/** Somebody gives each month, or how that goes on. Notes: nothing is booked before money arrives. */
export const monthlyOpened = defineKind({ name: 'monthlyGift.opened', by: ['donorOwner', 'donorMember', 'system'] });
export const monthlyNoted = defineKind({ name: 'monthlyGift.noted', by: ['donorOwner', 'donorMember', 'system'] });
