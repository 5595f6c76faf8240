import { topic } from '../../platform/queues/job';
import { zId } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';

/** Offered goods are accepted or declined: tell the giver. */
export const goodsDecided = topic('goods.decided', z.object({ offerId: zId('gof') }));
