import { reserveWaiting } from '../server/aid';
import { job } from '../server/platform/queues/job';
import { z } from '../server/platform/validation/zod';

/** Serves approved cases that wait for money, in queue order. */
export default job('aid.reserveWaiting', z.object({}), (_payload, ctx) => reserveWaiting(ctx));
