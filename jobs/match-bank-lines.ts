import { job } from '../server/platform/queues/job';
import { z } from '../server/platform/validation/zod';
import { matchOpenLines } from '../server/reconciliation';

/** Looks again at the lines of the bank that wait: what they are may have been booked since. */
export default job('bankLines.match', z.object({}), (_payload, ctx) => matchOpenLines(ctx));
