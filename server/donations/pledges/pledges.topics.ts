import { topic } from '../../platform/queues/job';
import { zId } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';

/** The giver is to be told of an instalment: that it is coming, or that it is late. */
export const instalmentDue = topic(
  'pledge.instalmentDue',
  z.object({ pledgeId: zId('plg'), rank: z.int().positive(), when: z.enum(['before', 'after']) }),
);
