import { topic } from '../../platform/queues/job';
import { zId } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';

/** Money runs short, or a budget is nearly used: whoever can act is to be told, once. */
export const fundAlarmRaised = topic('fundAlarm.raised', z.object({ alarmId: zId('fal'), crossing: z.int() }));
