import { endSessionOfWithdrawn, type Giving, giftTakenBack } from '../server/donations';
import { on } from '../server/platform/queues/job';

/** A giver has taken back what could be paid at the provider: its page ends. */
export default (giving: Giving | undefined) => on(giftTakenBack, ({ giftId }, ctx) => endSessionOfWithdrawn(ctx, giving, giftId));
