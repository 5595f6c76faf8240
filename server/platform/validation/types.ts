import type { ErrorDetails } from '../../kernel/errors';
import { isLocalDate, type LocalDate } from '../../kernel/local-date';
import { type Fen, fen } from '../../kernel/money';
import { yuanToFen } from '../../kernel/money-text';
import { z } from './zod';

// Messages are codes: the text that a person reads is `errors:field.<code>` in `locales/`.

const trickery = /[\p{Cc}\p{Cf}\p{Cs}]/u; // controls, invisible and direction marks, halves of characters
const lineEnds = /[\n\t]/g; // text in a text area
const lengthOf = (text: string) => [...text].length; // 𠮷 is one character to its bearer

/** One fault of a value. Not with `abort` of zod: that would silence the rules that stand {@link alongside}. */
function tell(
  context: { addIssue: (issue: { code: 'custom'; message: string; params: ErrorDetails; input: undefined }) => void },
  code: string,
  params: ErrorDetails = {},
): void {
  context.addIssue({ code: 'custom', message: code, params, input: undefined });
}

interface TextOptions {
  /** Least number of characters; 1 unless told. 0 also turns a missing field into an empty text. */
  min?: number;
  /** Whether line ends are allowed, for a text area. */
  lines?: boolean;
}

/** Text that a person typed: trimmed, NFC, at most `max` characters, without control or direction characters. */
export function zNfcText(max: number, { min = 1, lines = false }: TextOptions = {}) {
  const text = z
    .string()
    .transform((typed) => typed.normalize('NFC').replaceAll('\r\n', '\n').trim())
    .superRefine((typed, context) => {
      if (trickery.test(lines ? typed.replace(lineEnds, '') : typed)) tell(context, 'bad-character');
      else if (lengthOf(typed) < min) tell(context, typed === '' ? 'required' : 'too-short', { min });
      else if (lengthOf(typed) > max) tell(context, 'too-long', { max });
    })
    .openapi({ type: 'string', minLength: min, maxLength: max });
  return min === 0 ? text.prefault('') : text;
}

/** An id that we made: `hh_4k2…`, or a readable number such as `D-2026-000123`. */
export function zId(prefix?: string) {
  const shape = prefix ? new RegExp(`^${prefix}_[0-9a-z]{20}$`) : /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/;
  return z.string().regex(shape, 'not-an-id');
}

/** A day in China, `2026-11-24`. */
export const zLocalDate = z
  .string()
  .trim()
  .min(1, 'required')
  .refine(isLocalDate, 'not-a-day')
  .transform((text) => text as LocalDate)
  .openapi({ type: 'string', format: 'date', example: '2026-11-24' });

/** Yuan as people type them (`10,000`, `10000.5`, `¥12.30`), as whole fen from `min` to `max`; from one fen unless told. */
export function zYuan({ min = fen(1), max }: { min?: Fen; max?: Fen } = {}) {
  return z
    .string()
    .trim()
    .min(1, 'required')
    .transform((text, context): Fen => {
      const amount = yuanToFen(text);
      if (amount !== undefined) return amount;
      context.addIssue({ code: 'custom', message: 'not-yuan', input: undefined });
      return z.NEVER;
    })
    .refine((amount) => amount >= min, { error: 'amount-too-small', params: { minFen: min } })
    .refine((amount) => max === undefined || amount <= max, { error: 'amount-too-large', params: { maxFen: max ?? 0 } })
    .openapi({ type: 'string', example: '10000.00', description: 'Yuan with up to two decimals' });
}

/** A whole number from a form field or JSON, from `min` to `max`. An empty field is missing, not 0. */
export function zWhole(min: number, max: number) {
  const number = z.number().superRefine((value, context) => {
    if (!Number.isSafeInteger(value)) tell(context, 'not-a-whole-number');
    else if (value < min) tell(context, 'number-too-small', { min });
    else if (value > max) tell(context, 'number-too-large', { max });
  });
  const typed = z
    .string()
    .trim()
    .min(1, 'required')
    .regex(/^-?\d{1,15}$/, 'not-a-whole-number')
    .transform(Number)
    .pipe(number);
  return z.union([number, typed]).openapi({ type: 'integer', minimum: min, maximum: max });
}

/**
 * For a rule about several fields of one form: `schema.refine(holds, { path, error, ...alongside })` is told together with what is wrong
 * elsewhere, so that nobody mends a form in two rounds. A field that is wrong itself reaches the rule as it was typed, or as undefined; a
 * rule may compare it with others or write it out, for it is not asked about objects on which that would fail.
 */
export const alongside = {
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null && Object.values(value).every(canBeCompared),
};

/** Not so `{ "toString": 1 }`, which no form sends but a program may. */
function canBeCompared(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(canBeCompared);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype) return prototype !== null; // a day, a file
  return !Object.hasOwn(value, 'toString') && !Object.hasOwn(value, 'valueOf') && Object.values(value).every(canBeCompared);
}

interface FirstAndLast {
  from?: string | undefined;
  to?: string | undefined;
}

/** A first and a last day, of a form or of filters: `schema.refine(...inOrder)` is told at the last one when it comes before the first. */
export const inOrder: [(typed: FirstAndLast) => boolean, { path: string[]; error: string } & typeof alongside] = [
  ({ from, to }) => !from || !to || from <= to,
  { path: ['to'], error: 'ends-before-it-begins', ...alongside },
];

/** A tick box: present means yes. */
export const zTick = z
  .union([z.boolean(), z.enum(['on', 'true', 'false', ''])])
  .optional()
  .transform((value) => value === true || value === 'on' || value === 'true')
  .openapi({ type: 'boolean' });

/** The key that a caller chooses before its first try, so that a repeated request finds the first (form field or Idempotency-Key). */
export const zRequestKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, 'not-an-id')
  .openapi({ description: 'Chosen by the caller before the first try; repeat it with each retry' });

const pageSize = 50;
const largestPage = 200;

/** Where a list goes on (`after`, from the page before) and how many rows it shows. */
export const zPage = z.object({
  after: z.string().max(600).optional(),
  limit: zWhole(1, largestPage).default(pageSize),
});

export type PageRequest = z.output<typeof zPage>;
