import { defineSetting, zSettingWhole } from '../../settings';

const room = 'donations';

/** Days before an instalment is due at which the giver is told of it. */
export const pledgeRemindBefore = defineSetting({
  name: 'pledge.remindBefore',
  room,
  unit: 'days',
  schema: zSettingWhole(1, 90),
  sample: 14,
});

/** Days after which the giver is told that it has not come. */
export const pledgeRemindAfter = defineSetting({ name: 'pledge.remindAfter', room, unit: 'days', schema: zSettingWhole(1, 90), sample: 3 });

/** Days that an instalment may be late before the pledge counts as breached. */
export const pledgeBreachDays = defineSetting({ name: 'pledge.breachDays', room, unit: 'days', schema: zSettingWhole(1, 730), sample: 60 });
