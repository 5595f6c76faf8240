import { zId, zRequestKey } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';
import { zAmount } from '../give.inputs';

export const monthlyCode = z.object({ code: zId('m') });

/** The giver pauses, resumes or ends it. */
export const monthlyStepInput = z.object({ code: zId('m'), requestKey: zRequestKey });

/** The sum from the next month on. */
export const monthlySumInput = z.object({ code: zId('m'), requestKey: zRequestKey, amount: zAmount });
