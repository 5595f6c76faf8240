import { AppError } from '../../kernel/errors';
import { z } from '../validation/zod';

/** The provider's enums are open: a word that this version does not know becomes `unknown`, so that a new one parks a gift and breaks nothing. */
export function openEnum<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum([...words, 'unknown']).catch('unknown' as never);
}

/** A field that is an id, or the object itself when it was expanded. */
export const objectId = z
  .union([z.string(), z.object({ id: z.string() })])
  .transform((value) => (typeof value === 'string' ? value : value.id));

/** A point in time, in whole seconds on the wire. */
export const instant = z
  .int()
  .nonnegative()
  .transform((seconds) => new Date(seconds * 1000));

/** Reads an answer at the edge. One that lacks what we rely on is no answer: `service.unavailable`, to be asked for again later. */
export function readAnswer<T>(shape: z.ZodType<T>, answer: unknown): T {
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new AppError('service.unavailable', { provider: 'stripe', type: 'unreadable-answer', at });
}
