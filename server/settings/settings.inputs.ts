import { isDivisionCode } from '../kernel/division-code';
import { zId, zLocalDate, zNfcText, zRequestKey } from '../platform/validation/types';
import { z } from '../platform/validation/zod';

const zSettingName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/, 'not-an-id')
  .max(60);

const zDivision = z
  .string()
  .refine(isDivisionCode, 'not-a-choice')
  .openapi({ type: 'string', description: 'Division code: the place and all in it', example: '130499' });

/** An empty date field means "until further notice". */
const zLastDay = z
  .union([z.literal('').transform(() => undefined), zLocalDate])
  .optional()
  .openapi({ type: 'string', format: 'date', description: 'Last day; without one until further notice' });

export const proposeSettingInput = z.object({
  name: zSettingName,
  scope: zDivision,
  value: z.unknown().openapi({ description: 'Yuan and percent as text ("6000.00", "12.5"), other numbers as numbers, tables as JSON' }),
  effectiveFrom: zLocalDate,
  effectiveTo: zLastDay,
  sourceDoc: zNfcText(120, { min: 2 }),
  reason: zNfcText(500, { min: 0, lines: true }),
  requestKey: zRequestKey,
});

export type ProposeSettingInput = z.output<typeof proposeSettingInput>;

/** Confirming, or declining, names the version only; what it says was checked when it was proposed and is checked again. */
export const confirmSettingInput = z.object({ id: zId() });
export const declineSettingInput = z.object({ id: zId(), reason: zNfcText(500, { lines: true }) });

export type DeclineSettingInput = z.output<typeof declineSettingInput>;

/** Filters of the list; they stay in its address. */
export const settingFilters = z.object({
  view: z.enum(['all', 'proposed', 'ending', 'missing']).optional(),
  room: z.string().max(40).optional(),
  q: zNfcText(40, { min: 0 }).optional(),
});

export type SettingFilters = z.output<typeof settingFilters>;
