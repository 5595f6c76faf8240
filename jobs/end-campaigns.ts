import { endCampaigns } from '../server/donations';
import { job } from '../server/platform/queues/job';
import { z } from '../server/platform/validation/zod';

/** Ends the campaigns whose last day is over. */
export default job('campaigns.end', z.object({}), (_payload, ctx) => endCampaigns(ctx));
