import { defineKind } from '../ledger';

const officers = ['financeOfficer', 'system'] as const;

// Notes: what the bank says moves nothing; what it brings is booked by the room whose money it is.
export const statementBrought = defineKind({ name: 'statement.brought', by: officers });
export const statementDiscarded = defineKind({ name: 'statement.discarded', by: officers });
export const statementTaken = defineKind({ name: 'statement.taken', by: officers });
export const lineMatched = defineKind({ name: 'bankLine.matched', by: officers });
export const lineIgnored = defineKind({ name: 'bankLine.ignored', by: officers });
export const lineReopened = defineKind({ name: 'bankLine.reopened', by: officers });
export const daySigned = defineKind({ name: 'day.signed', by: ['financeOfficer'] });
export const dayClosed = defineKind({ name: 'day.closed', by: ['financeOfficer'] });
