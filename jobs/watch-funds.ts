import { watchFunds } from '../server/funds';
import { job } from '../server/platform/queues/job';
import { z } from '../server/platform/validation/zod';

/** Looks whether money runs short or a budget is nearly used. */
export default job('funds.watch', z.object({}), (_payload, ctx) => watchFunds(ctx));
