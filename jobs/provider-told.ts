import { type Giving, providerTold, settleEvent } from '../server/donations';
import { on } from '../server/platform/queues/job';

/** The provider has told of something. */
export default (giving: Giving | undefined) => on(providerTold, (told, ctx) => settleEvent(ctx, giving, told));
