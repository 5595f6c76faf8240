import { stateTable } from '../kernel/state-table';

/** A deed is scored by who records it and awarded by another person (DOMAIN 9). */
export const deedStates = stateTable({ scored: ['awarded', 'rejected'], awarded: [], rejected: [] });
export type DeedState = 'scored' | 'awarded' | 'rejected';
