import { z } from '../platform/validation/zod';
import { defineSetting, noLimit, zSettingLimit, zSettingWhole } from '../settings';
import { capModes } from './award-for';
import { expiryModes } from './last-day';

const room = 'points';
const most = 1_000_000;

/** What a household may earn in a week from Monday, a month and a year (DOMAIN 9, PT2; Macun 10 a week and 40 a month; Wuhan 700 a year). */
export const capWeek = defineSetting({ name: 'cap.week', room, unit: 'points', schema: zSettingLimit(1, most), sample: noLimit });
export const capMonth = defineSetting({ name: 'cap.month', room, unit: 'points', schema: zSettingLimit(1, most), sample: 200 });
export const capYear = defineSetting({ name: 'cap.year', room, unit: 'points', schema: zSettingLimit(1, most), sample: 2_000 });

/** What a village may award in a month; nothing is awarded beyond. */
export const villageBudget = defineSetting({ name: 'budget.village', room, unit: 'points', schema: zSettingWhole(0, most), sample: 3_000 });

/** Whether a deed that passes a cap gets what is left, or nothing. */
export const capMode = defineSetting({
  name: 'capMode',
  room,
  unit: 'choice',
  schema: z.enum(capModes),
  choices: capModes,
  sample: 'trim',
});

/** How long points live (DOMAIN 9, PT4; Fengcheng `yearEnd`, Dongyuan `none`). */
export const expiry = defineSetting({
  name: 'expiry',
  room,
  unit: 'choice',
  schema: z.enum(expiryModes),
  choices: expiryModes,
  sample: 'rolling',
});

/** Points awarded late live at least this long; so do those that a reversal brings back. */
export const graceDays = defineSetting({ name: 'graceDays', room, unit: 'days', schema: zSettingWhole(0, 366), sample: 30 });

/** How long after its day a deed may still be recorded (demo). */
export const recordWithinDays = defineSetting({
  name: 'deed.recordWithinDays',
  room,
  unit: 'days',
  schema: zSettingWhole(0, 366),
  sample: 45,
});
