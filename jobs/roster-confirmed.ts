import { rosterConfirmed, writeRosterRows } from '../server/donations';
import { on } from '../server/platform/queues/job';

/** A roster was confirmed: its rows are to be written. */
export default on(rosterConfirmed, ({ rosterId }, ctx) => writeRosterRows(ctx, { rosterId }));
