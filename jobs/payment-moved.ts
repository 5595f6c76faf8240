import { followPayment } from '../server/aid';
import { paymentMoved } from '../server/payments';
import { on } from '../server/platform/queues/job';

/** A payment was sent, paid or returned: its case follows. */
export default on(paymentMoved, ({ payableId }, ctx) => followPayment(ctx, { payableId }));
