import { topic } from '../../platform/queues/job';
import { zId } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';

/** A receipt is to be told to its giver; `sending` names the message, so that the same one is not sent twice. */
export const receiptToSend = topic('receipt.toSend', z.object({ receiptId: zId('rct'), sending: zId() }));
