import { z } from '../platform/validation/zod';
import { defineSetting } from '../settings';

/** How long a department may take before its head hears of it, and a reviewer may let the gate pass (DOMAIN 4, RE2). */
export const reliefPendingDays = defineSetting({
  name: 'relief.pendingDays',
  room: 'relief',
  unit: 'days',
  schema: z.int().min(1).max(366),
  sample: 30,
});
