import { topic } from '../platform/queues/job';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';

/** A gift has been booked: thank the giver. */
export const giftArrived = topic('gift.arrived', z.object({ giftId: zId('gft') }));

/** What was announced was taken back while it could be paid: its session is to end. */
export const giftTakenBack = topic('gift.takenBack', z.object({ giftId: zId('gft') }));

/** The provider has told of something: look what it is. */
export const providerTold = topic('provider.told', z.object({ eventId: z.string().min(1).max(255) }));

/** Money of a gift is no longer with the charity, or is there again: the pledge that it fulfils follows. */
export const giftReturned = topic('gift.returned', z.object({ giftId: zId('gft') }));
