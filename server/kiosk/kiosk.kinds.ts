import { defineKind } from '../ledger';

// Notes: nothing moves.
export const kioskEnrolled = defineKind({ name: 'kiosk.enrolled', by: ['countyAdmin', 'system'] });
export const kioskPaired = defineKind({ name: 'kiosk.paired', by: ['system'] });
export const kioskSuspended = defineKind({ name: 'kiosk.suspended', by: ['countyAdmin', 'system'] });
