import { bank } from '../funds';
import { defineKind, definePools, defineSeries } from '../ledger';

/** Money of an approved case, reserved for its household: `payable:<payable id>`. Its lots keep the gifts they came from. */
export const payable = definePools({ name: 'payable', unit: 'CNY', side: 'credit' });

/** Money sent to the bank and not yet answered: `transit:<line id>`. */
export const transit = definePools({ name: 'transit', unit: 'CNY', side: 'credit' });

const officers = ['financeOfficer', 'system'] as const;

export const paymentSent = defineKind({ name: 'payment.sent', accounts: [payable, transit], by: officers });
export const paymentPaid = defineKind({ name: 'payment.paid', accounts: [transit, bank], by: officers });
export const paymentReturned = defineKind({ name: 'payment.returned', accounts: [transit, payable], by: officers });

// Notes of a batch's way.
export const paymentUnknown = defineKind({ name: 'payment.unknown', by: officers });
export const batchMade = defineKind({ name: 'batch.made', by: officers });
export const batchChecked = defineKind({ name: 'batch.checked', by: officers });
export const batchSigned = defineKind({ name: 'batch.signed', by: ['financeOfficer'] });
export const batchReturned = defineKind({ name: 'batch.returned', by: officers });
export const batchWithdrawn = defineKind({ name: 'batch.withdrawn', by: officers });
export const batchExported = defineKind({ name: 'batch.exported', by: officers });
export const fileFetched = defineKind({ name: 'batch.fetched', by: officers });
export const batchAnswered = defineKind({ name: 'batch.answered', by: officers });
export const resultRead = defineKind({ name: 'batch.resultRead', by: officers });

/** `B-2026-000007`. */
export const batchNumbers = defineSeries({ name: 'paymentBatch', prefix: 'B' });
