import { topic } from '../platform/queues/job';
import { zId } from '../platform/validation/types';
import { z } from '../platform/validation/zod';

/** An approved sum was sent, paid or came back: whoever approved it looks at the payable for what it is now. */
export const paymentMoved = topic('payment.moved', z.object({ payableId: zId() }));
