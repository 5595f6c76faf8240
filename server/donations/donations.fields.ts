import { parseCreditCode } from '../kernel/credit-code';
import { type DivisionCode, isDivisionCode, levelOf } from '../kernel/division-code';
import { bareCode } from '../kernel/half-width';
import { fen } from '../kernel/money';
import { z } from '../platform/validation/zod';
import { divisionsWithin } from '../regions';

/** More in one transfer is a slip of the finger, and no sum of so many passes what the ledger counts. */
export const largestTransferFen = fen(1_000_000_000_00);

/** A credit code as people type it. */
export const zCreditCode = z
  .string()
  .transform((typed, context) => {
    const read = parseCreditCode(typed);
    if (read.ok) return read.value.code;
    const count = bareCode(typed).length;
    const message = count === 0 ? 'required' : count === 18 ? 'credit-code' : 'credit-code-length';
    context.addIssue({ code: 'custom', message, params: { count }, input: undefined });
    return z.NEVER;
  })
  .openapi({ type: 'string', example: '91130434MA0ABCDE67' });

/** A township or village of this county. */
export const zPlace = z
  .string()
  .refine((code) => isDivisionCode(code) && ['township', 'village'].includes(levelOf(code)), { error: 'not-a-choice', abort: true })
  .refine((code) => divisionsWithin(code).length > 0, 'not-a-choice') // money for a place elsewhere would never be used
  .transform((code) => code as DivisionCode)
  .openapi({ type: 'string', example: '130499101' });

/** A form sends every field; one that was left empty counts as not sent. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((typed) => (typeof typed === 'string' && typed.trim() === '' ? undefined : typed), schema.optional());
