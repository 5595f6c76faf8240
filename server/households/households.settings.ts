import { localDate } from '../kernel/local-date';
import { fen } from '../kernel/money';
import { z } from '../platform/validation/zod';
import { defineSetting, zSettingFen, zSettingWhole, zSettingYesNo } from '../settings';
import { windowModes } from './income-window';

const year = (number: number) => ({ from: localDate(`${number}-01-01`), to: localDate(`${number}-12-31`) });
const room = 'households';

/**
 * The poverty line a head and year: the national rural standard to 2020 (agg. where † in DOMAIN 2), since then the county's own, the
 * monitoring line divided by 1.5 in whole yuan (demo).
 */
export const povertyLine = defineSetting({
  name: 'line.poverty',
  room,
  unit: 'fenPerPerson',
  schema: zSettingFen(),
  sample: fen(6_000_00),
  sampleHistory: [
    { value: fen(3_218_00), ...year(2019), sourceDoc: '农村贫困标准（2019 年）' },
    { value: fen(4_000_00), ...year(2020), sourceDoc: '农村贫困标准（2020 年，约数）' },
    { value: fen(4_333_00), ...year(2021) },
    { value: fen(5_000_00), ...year(2022) },
    { value: fen(5_533_00), ...year(2023) },
    { value: fen(5_800_00), ...year(2024) },
    { value: fen(6_000_00), from: localDate('2025-01-01') },
  ],
});

/** The monitoring line a head and year: Hebei 2023 8,300; the other years are demo (DOMAIN 2). */
export const monitoringLine = defineSetting({
  name: 'line.monitor',
  room,
  unit: 'fenPerPerson',
  schema: zSettingFen(),
  sample: fen(9_000_00),
  sampleHistory: [
    { value: fen(6_500_00), ...year(2021) },
    { value: fen(7_500_00), ...year(2022) },
    { value: fen(8_300_00), ...year(2023), sourceDoc: '河北省 2023 年防返贫监测收入线' },
    { value: fen(8_700_00), ...year(2024) },
    { value: fen(9_000_00), from: localDate('2025-01-01') },
  ],
});

/** Whose income counts (DOMAIN 2, HH4). */
export const incomeWindowMode = defineSetting({
  name: 'income.window',
  room,
  unit: 'choice',
  schema: z.enum(windowModes),
  choices: windowModes,
  sample: 'rolling12',
});

/** Whether rent and living away come off wages; guides differ. */
export const deductMigrantCosts = defineSetting({
  name: 'income.deductMigrantCosts',
  room,
  unit: 'yesNo',
  schema: zSettingYesNo,
  sample: false,
});

/** Whether a farm's loss may cut wages. */
export const incomeLossFloor = defineSetting({
  name: 'income.lossFloor',
  room,
  unit: 'choice',
  schema: z.enum(['none', 'zero']),
  choices: ['none', 'zero'],
  sample: 'none',
});

/** How many days of the window of a case the family's statement may leave out at its end; older figures are stated anew (demo). */
export const incomeStatementAge = defineSetting({
  name: 'income.statementAge',
  room,
  unit: 'days',
  schema: zSettingWhole(0, 180),
  sample: 90,
});

/** Wrong PINs until the counter has to help (DOMAIN 11, KI1). Here and not with the kiosk, since the PIN is kept here. */
export const pinTries = defineSetting({ name: 'pinTries', room, unit: 'times', schema: zSettingWhole(1, 10), sample: 5 });
