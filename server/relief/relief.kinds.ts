import { defineKind } from '../ledger';

// Notes of the referral; relief is paid by others, so no money of ours moves.
const officers = ['villageCadre', 'townshipOfficer', 'departmentOfficer', 'system'] as const;

export const reliefReferred = defineKind({ name: 'relief.referred', by: officers });
export const reliefAnswered = defineKind({ name: 'relief.answered', by: ['departmentOfficer', 'system'] });
export const reliefReceived = defineKind({ name: 'relief.received', by: officers });
