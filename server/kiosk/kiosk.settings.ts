import { defineSetting, zSettingWhole } from '../settings';

const room = 'kiosk';

/** Above so many points a day a household's redemptions ask for the PIN (DOMAIN 11, KI1; demo). */
export const pinAbove = defineSetting({ name: 'pinAbove', room, unit: 'points', schema: zSettingWhole(0, 100_000), sample: 50 });

/** After so long without a touch the kiosk asks whether somebody is still there, and then forgets who was (demo). */
export const idleSeconds = defineSetting({ name: 'timeout', room, unit: 'seconds', schema: zSettingWhole(30, 600), sample: 60 });
