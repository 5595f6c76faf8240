import { releaseRoster, rosterTakenBack } from '../server/donations';
import { on } from '../server/platform/queues/job';

/** A roster was taken back: its money goes home into the gift. */
export default on(rosterTakenBack, ({ rosterId }, ctx) => releaseRoster(ctx, { rosterId }));
