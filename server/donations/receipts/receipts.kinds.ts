import { defineKind } from '../../ledger';

/** Notes: a receipt moves no money, it says that some has come. */
export const receiptRangeNoted = defineKind({ name: 'receipt.rangeNoted', by: ['financeOfficer'] });
export const receiptIssued = defineKind({ name: 'receipt.issued', by: ['financeOfficer', 'system'] });
export const receiptVoidingNoted = defineKind({ name: 'receipt.voidingNoted', by: ['financeOfficer'] });
export const receiptSent = defineKind({ name: 'receipt.sent', by: ['financeOfficer', 'donorOwner', 'donorMember'] });
export const receiptFetched = defineKind({ name: 'receipt.fetched', by: ['financeOfficer'] });
