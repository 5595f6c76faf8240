import { defineKind } from '../../ledger';

// Notes: a budget moves no money, and an alarm only tells.
export const budgetNoted = defineKind({ name: 'budget.noted', by: ['financeOfficer', 'fundManager'] });
export const alarmNoted = defineKind({ name: 'fundAlarm.noted', by: ['system'] });
