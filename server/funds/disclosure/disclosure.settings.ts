import { defineSetting, zSettingWhole } from '../../settings';

/** The least number of households behind a public figure (DOMAIN 15, TR3, demo). */
export const minCell = defineSetting({
  name: 'openData.minCell',
  room: 'transparency',
  unit: 'households',
  schema: zSettingWhole(2, 100),
  sample: 5,
});
