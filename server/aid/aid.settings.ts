import { localDate } from '../kernel/local-date';
import { fen } from '../kernel/money';
import { z } from '../platform/validation/zod';
import { defineSetting, zSettingFen, zSettingWhole, zSettingYesNo } from '../settings';

const room = 'aid';
const lines = ['poverty', 'monitor'] as const;

/** Which line a top-up is measured by: the plan's wording to 2021, by county decision the monitoring line from 2022 (demo). */
export const topUpLine = defineSetting({
  name: 'topUp.line',
  room,
  unit: 'choice',
  schema: z.enum(lines),
  choices: lines,
  sample: 'monitor',
  sampleHistory: [
    { value: 'poverty', from: localDate('2020-01-01'), to: localDate('2021-12-31') },
    { value: 'monitor', from: localDate('2022-01-01') },
  ],
});

/** From the year of submission to the year whose line counts: last year's. */
export const topUpYearOffset = defineSetting({ name: 'topUp.yearOffset', room, unit: 'years', schema: zSettingWhole(-5, 0), sample: -1 });

const modes = ['gap', 'bands'] as const;

/** Whether the gap or the bands of own cost set the sum (AI4). */
export const topUpMode = defineSetting({ name: 'topUp.mode', room, unit: 'choice', schema: z.enum(modes), choices: modes, sample: 'gap' });

/** The most that a household gets for cases submitted in one calendar year (demo). */
export const topUpYearCap = defineSetting({ name: 'topUp.yearCap', room, unit: 'fen', schema: zSettingFen(), sample: fen(6_000_00) });

/** Below it nothing is paid (demo). */
export const topUpMinimum = defineSetting({ name: 'topUp.minimum', room, unit: 'fen', schema: zSettingFen(), sample: fen(50_00) });

/** Whether a smaller case may overtake one that the money left does not cover (AI5, demo). */
export const topUpSkipAhead = defineSetting({ name: 'topUp.skipAhead', room, unit: 'yesNo', schema: zSettingYesNo, sample: false });

const zBands = z
  .object({
    deductibleFen: z.int().min(0),
    bands: z
      .array(z.object({ toFen: z.int().min(1).optional(), rateBp: z.int().min(0).max(10_000) }))
      .min(1)
      .max(10),
    mode: z.enum(['whole', 'slab']),
    boundary: z.enum(['low', 'high']),
  })
  .refine(({ bands }) => isLadder(bands.map(({ toFen }) => toFen)), { error: 'setting.bands-have-gaps' })
  .transform(({ bands, ...rest }) => ({
    ...rest,
    bands: bands.map(({ toFen, rateBp }) => (toFen === undefined ? { rateBp } : { toFen, rateBp })),
  }));

/** Bands of own cost, as those of the ex-poor's insurance (agg.). A gap, an overlap or a closed last band is refused (DOMAIN 5, IN6). */
export const topUpBands = defineSetting({
  name: 'topUp.bands',
  room,
  unit: 'table',
  schema: zBands,
  sample: {
    deductibleFen: 5_000_00,
    bands: [{ toFen: 10_000_00, rateBp: 5_000 }, { toFen: 30_000_00, rateBp: 6_000 }, { rateBp: 7_000 }],
    mode: 'whole',
    boundary: 'low',
  },
});

/** Above it a second approver signs (demo). */
export const approvalSecond = defineSetting({ name: 'approval.second', room, unit: 'fen', schema: zSettingFen(), sample: fen(3_000_00) });

/** Above it the minutes of a meeting are on file, too (demo). */
export const approvalMeeting = defineSetting({ name: 'approval.meeting', room, unit: 'fen', schema: zSettingFen(), sample: fen(5_000_00) });

/** Days in which each step should be done; what is later comes first in the queue (demo). */
export const aidStepDays = defineSetting({ name: 'aid.stepDays', room, unit: 'days', schema: zSettingWhole(1, 60), sample: 5 });

/** Each band ends above the one before; only the last is open. */
function isLadder(ends: readonly (number | undefined)[]): boolean {
  return ends.every((end, index) => (index === ends.length - 1 ? end === undefined : end !== undefined && end > (ends[index - 1] ?? 0)));
}
