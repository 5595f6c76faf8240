import { defineSetting, zSettingWhole, zSettingYesNo } from '../settings';

const room = 'notices';

/** How long a notice of aid hangs (Shaanxi; at most a month). */
export const aidNoticeDays = defineSetting({
  name: 'notice.aid',
  room,
  unit: 'workingDays',
  schema: zSettingWhole(1, 31),
  sample: 7,
});

/** Whether the day of posting counts (Civil Code 201: no). */
export const noticeCountsFirstDay = defineSetting({
  name: 'notice.countFirstDay',
  room,
  unit: 'yesNo',
  schema: zSettingYesNo,
  sample: false,
});

/** Whether an end on a rest day moves to the next working day (Civil Code 203). */
export const noticeRolls = defineSetting({ name: 'notice.roll', room, unit: 'yesNo', schema: zSettingYesNo, sample: true });
