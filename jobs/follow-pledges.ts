import { followPledges } from '../server/donations';
import { job } from '../server/platform/queues/job';
import { z } from '../server/platform/validation/zod';

/** Instalments fall due and late by the day alone. */
export default job('pledges.follow', z.object({}), (_payload, ctx) => followPledges(ctx));
