import { issueWaitingReceipts } from '../server/donations';
import { job } from '../server/platform/queues/job';
import { z } from '../server/platform/validation/zod';

/** Issues the receipts of gifts that have arrived. */
export default job('receipts.issue', z.object({}), (_payload, ctx) => issueWaitingReceipts(ctx));
