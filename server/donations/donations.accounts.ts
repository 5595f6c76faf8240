import { bank, gift, provider, restriction } from '../funds';
import { defineKind, defineSeries } from '../ledger';
import { cash } from './counter/counter.accounts';

export { gift };

/** Our own number of a gift; the number of the tax receipt is another one, from the finance department's range (DO1). */
export const giftNumbers = defineSeries({ name: 'gift', prefix: 'D' });

/** Money of a gift has arrived: at the bank, or at the provider that will pay it out. The bank's day may be an earlier one. */
export const giftReceived = defineKind({
  name: 'gift.received',
  accounts: [bank, provider, cash, gift, restriction],
  backdated: true,
  by: ['financeOfficer', 'system'],
});

/** Somebody has said that he will give, or how his payment goes on. Notes: nothing is booked before money arrives. */
export const giftOpened = defineKind({ name: 'gift.opened', by: ['financeOfficer', 'donorOwner', 'donorMember', 'system'] });
export const giftPaymentNoted = defineKind({ name: 'gift.paymentNoted', by: ['financeOfficer', 'donorOwner', 'donorMember', 'system'] });

/** An organisation has decided whether it is named in public. */
export const namingChanged = defineKind({ name: 'donor.namingChanged', by: ['donorOwner'] });

/** Two records of one donor become one, by two persons. */
export const mergeNoted = defineKind({ name: 'donor.mergeNoted', by: ['financeOfficer', 'fundManager'] });

/** A donor has registered. */
export const donorRegistered = defineKind({ name: 'donor.registered', by: ['system'] });
