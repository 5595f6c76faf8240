import { topic } from '../../platform/queues/job';
import { zId } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';

const told = z.object({ rosterId: zId('ros') });

/** A roster was confirmed: its rows are to be written, which may be thousands. */
export const rosterConfirmed = topic('roster.confirmed', told);

/** A roster was taken back: its money goes home into the gift. */
export const rosterTakenBack = topic('roster.takenBack', told);
