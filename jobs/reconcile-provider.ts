import { type Giving, reconcileProvider } from '../server/donations';
import { job } from '../server/platform/queues/job';
import { z } from '../server/platform/validation/zod';

/** Asks the provider for all that no webhook has told: refunds, disputes, fees, payouts. */
export default (giving: Giving | undefined) => job('provider.reconcile', z.object({}), (_payload, ctx) => reconcileProvider(ctx, giving));
