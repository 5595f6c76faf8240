import { stateTable } from '../kernel/state-table';

/** A device is enrolled by the administrator, active once it has been paired, and may be suspended at once (DOMAIN 11). */
export const kioskStates = stateTable({ enrolled: ['active', 'suspended'], active: ['suspended'], suspended: [] });
export type KioskState = 'enrolled' | 'active' | 'suspended';
