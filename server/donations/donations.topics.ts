import { topic } from '../platform/queues/job';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';

/** A gift has been booked: thank the giver. */
export const giftArrived = topic('gift.arrived', z.object({ giftId: zId('gft') }));
