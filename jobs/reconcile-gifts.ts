import { type Giving, reconcileOpenGifts } from '../server/donations';
import { job } from '../server/platform/queues/job';
import { z } from '../server/platform/validation/zod';

/** Asks the provider about open gifts: finds payments whose webhook never came. */
export default (giving: Giving | undefined) => job('gifts.reconcile', z.object({}), (_payload, ctx) => reconcileOpenGifts(ctx, giving));
