import { fen } from '../kernel/money';
import { defineSetting, zSettingFen, zSettingWhole } from '../settings';

const room = 'funds';

/** Below it the public-welfare fund is to be filled again (FU5; Maoxian, a fund of 3 million). */
export const refill = defineSetting({ name: 'refill', room, unit: 'fen', schema: zSettingFen(), sample: fen(500_000_00) });

/** Days before the last day of a restriction from which it is warned of: use the money, or ask the giver (FU7, demo). */
export const warnDays = defineSetting({ name: 'restriction.warnDays', room, unit: 'days', schema: zSettingWhole(1, 365), sample: 60 });
