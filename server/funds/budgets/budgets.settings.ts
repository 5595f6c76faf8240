import { z } from '../../platform/validation/zod';
import { defineSetting, zSettingWhole } from '../../settings';
import { purposes } from '../purposes';
import { readFloors, writeFloors } from './floors';

const room = 'funds';
const wrong = { error: 'setting.not-a-table' };

/** Share of a budget, in basis points, from which its use is warned of (demo). */
export const budgetWarnShare = defineSetting({
  name: 'fundBudget.warnShare',
  room,
  unit: 'percent',
  schema: zSettingWhole(1, 10_000),
  sample: 8_000,
});

/** Below it the free money of a purpose is to be filled again (FU5 for each purpose; demo). A purpose without a line has no floor. */
export const refillFloors = defineSetting({
  name: 'fundBudget.floors',
  room,
  unit: 'table',
  schema: z
    .array(z.object({ purpose: z.enum(purposes, wrong), floorFen: z.int(wrong).min(0, wrong).max(1_000_000_000_00, wrong) }))
    .max(purposes.length)
    .refine((rows) => new Set(rows.map(({ purpose }) => purpose)).size === rows.length, wrong),
  sample: [
    { purpose: 'illness', floorFen: 50_000_00 },
    { purpose: 'schooling', floorFen: 30_000_00 },
    { purpose: 'disaster', floorFen: 20_000_00 },
    { purpose: 'accident', floorFen: 5_000_00 },
    { purpose: 'goods', floorFen: 10_000_00 },
  ],
  text: { read: readFloors, write: writeFloors },
});
