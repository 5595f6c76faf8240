import { job } from '../server/platform/queues/job';
import { z } from '../server/platform/validation/zod';
import { expirePoints } from '../server/points';

/** Books points whose last day is over. */
export default job('points.expire', z.object({}), (_payload, ctx) => expirePoints(ctx));
