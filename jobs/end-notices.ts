import { endNotices } from '../server/notices';
import { job } from '../server/platform/queues/job';
import { z } from '../server/platform/validation/zod';

/** Takes down what has hung its days. */
export default job('notices.end', z.object({}), (_payload, ctx) => endNotices(ctx));
