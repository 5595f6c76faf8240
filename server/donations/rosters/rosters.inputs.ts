import { purposes } from '../../funds';
import { zSigningCode } from '../../identity';
import { zId, zNfcText, zPage } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';

export const rosterRef = z.object({ id: zId('ros') });
export type RosterRef = z.output<typeof rosterRef>;

/** For which gift a file is brought: by its number. */
export const bringRosterInput = z.object({ gift: z.string().trim().min(1, 'required').max(20) });

export const signRosterInput = rosterRef.extend({ code: zSigningCode });
export type SignRosterInput = z.output<typeof signRosterInput>;

export const reasonedRosterInput = rosterRef.extend({ reason: zNfcText(200) });
export type ReasonedRosterInput = z.output<typeof reasonedRosterInput>;

/** The list; `gift` comes with the link from a gift's page. */
export const rosterFilters = z.object({ gift: z.string().trim().max(20).optional(), ...zPage.shape });
export type RosterFilters = z.output<typeof rosterFilters>;

export const rosterLineFilters = z.object({ purpose: z.enum(purposes).optional(), ...zPage.shape });
export type RosterLineFilters = z.output<typeof rosterLineFilters>;
