import { defineSetting, zSettingWhole } from '../settings';

/** How long a department may take before its head hears of it, and a reviewer may let the gate pass (DOMAIN 4, RE2). */
export const reliefPendingDays = defineSetting({
  name: 'relief.pendingDays',
  room: 'relief',
  unit: 'days',
  schema: zSettingWhole(1, 366),
  sample: 30,
});
