import { z } from '../../validation/zod';
import { badParameter } from './refusals';

/** On the wire everything is text: `line_items[0][quantity]=1`, `true`, an empty string to clear. These types read it. */
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, 'Invalid integer')
  .transform(Number);

export const bool = z.enum(['true', 'false']).transform((word) => word === 'true');

export const metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((values) => Object.keys(values).length <= 50, 'You can have at most 50 keys');

export const webAddress = z
  .string()
  .max(5000)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'Not a valid URL');

/** An array with indexes; beyond its limit the query parser hands over an object with numeric keys instead. */
export function list<T extends z.ZodType>(item: T) {
  return z.preprocess((value) => (isIndexed(value) ? Object.values(value) : value), z.array(item));
}

/** One moment, or a range of moments, in whole seconds. */
export const createdFilter = z.union([
  integer,
  z.strictObject({ gt: integer.optional(), gte: integer.optional(), lt: integer.optional(), lte: integer.optional() }),
]);

/** Every request may ask for objects in place of their ids. */
export const expandable = { expand: list(z.string()).optional() };

/** Reads the parameters of a request. The first that is unknown, missing or wrong is refused by its name on the wire. */
export function parameters<T>(shape: z.ZodType<T>, given: unknown): T {
  const parsed = shape.safeParse(given ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;

  const { issues } = parsed.error;
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown) {
    const param = wireName([...unknown.path, unknown.keys[0] ?? '']);
    throw badParameter(param, `Received unknown parameter: ${param}`, 'parameter_unknown');
  }
  const [first] = issues;
  const param = wireName(first?.path ?? []);
  if (first?.input === undefined) throw badParameter(param, `Missing required param: ${param}.`, 'parameter_missing');
  throw badParameter(param, `Invalid ${param}: ${first.message}`);
}

function wireName(path: readonly PropertyKey[]): string {
  return path.map((part, depth) => (depth === 0 ? String(part) : `[${String(part)}]`)).join('');
}

function isIndexed(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).every((key) => /^\d+$/.test(key));
}
