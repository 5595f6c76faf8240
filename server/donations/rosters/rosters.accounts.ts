import { restriction } from '../../funds';
import { defineKind, definePools, defineSeries } from '../../ledger';
import { gift } from '../donations.accounts';

/** Money of a gift whose members' parts are being entered: `roster:<roster id>`. Nobody can use it before each part has its purpose. */
export const rosterPool = definePools({ name: 'roster', unit: 'CNY', side: 'credit' });

/** `J-2026-000001`, of a roster of members who gave. */
export const rosterNumbers = defineSeries({ name: 'roster', prefix: 'J' });

const officers = ['financeOfficer', 'system'] as const;

/** Set apart for the roster, and put back. */
export const rosterAsked = defineKind({ name: 'roster.asked', accounts: [gift, restriction, rosterPool], by: officers });
export const rosterReleased = defineKind({ name: 'roster.released', accounts: [gift, restriction, rosterPool], by: officers });

/** From the roster under the purposes of its rows, and back. */
export const rosterBooked = defineKind({ name: 'roster.booked', accounts: [restriction, rosterPool], by: officers });
export const rosterUndone = defineKind({ name: 'roster.undone', accounts: [restriction, rosterPool], by: officers });

/** Brought, its rows written, its undoing asked for or declined. Notes. */
export const rosterNoted = defineKind({ name: 'roster.noted', by: officers });
