import { defineSetting, zSettingWhole } from '../../settings';

/** Days after arrival within which a payer's own slip (mistake, paid twice) is given back (DO5). */
export const refundDays = defineSetting({
  name: 'refund.days',
  room: 'donations',
  unit: 'days',
  schema: zSettingWhole(1, 3650),
  sample: 90,
});
