import { type Fen, fen } from '../kernel/money';
import { largestAmount } from '../kernel/whole-number';
import { z } from '../platform/validation/zod';

/** What a number without a limit is set to, where its schema allows it. */
export const noLimit = 'none';

/** A value in whole fen, from 0 to the ceiling unless told. */
export function zSettingFen({ min = 0, max = largestAmount }: { min?: number; max?: number } = {}): z.ZodType<Fen> {
  return z
    .int({ error: 'not-yuan' })
    .refine((amount) => amount >= min, { error: 'amount-too-small', params: { minFen: min } })
    .refine((amount) => amount <= max, { error: 'amount-too-large', params: { maxFen: max } })
    .transform((amount) => fen(amount));
}

/** A whole number: days, months, points, pieces; percent in basis points. */
export function zSettingWhole(min: number, max: number): z.ZodType<number> {
  return z
    .int({ error: 'not-a-whole-number' })
    .refine((count) => count >= min, { error: 'number-too-small', params: { min } })
    .refine((count) => count <= max, { error: 'number-too-large', params: { max } });
}

/** A whole number, or no limit at all. */
export function zSettingLimit(min: number, max: number): z.ZodType<number | typeof noLimit> {
  return z.union([z.literal(noLimit), zSettingWhole(min, max)]);
}

/** Yes or no. */
export const zSettingYesNo = z.boolean({ error: 'not-a-choice' });
