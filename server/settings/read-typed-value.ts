import { AppError, failField } from '../kernel/errors';
import { halfWidth } from '../kernel/half-width';
import { yuanToFen } from '../kernel/money-text';
import { fieldIssues } from '../platform/validation/field-issues';
import type { SettingDefinition } from './setting-definition';
import { noLimit } from './setting-values';

const percentText = /^(\d{1,7})(?:\.(\d{1,2}))?\s*%?$/;
const wholeText = /^-?\d{1,15}$/;
const noLimitWords = new Set([noLimit, '不限']);

/**
 * Reads a number of policy as people type it and programs send it: yuan and percent as text, whole numbers as text or number, tables
 * as their own lines or JSON. @throws AppError `input.invalid` with one issue at `value`.
 */
export function readTypedValue<Value>(definition: SettingDefinition<Value>, typed: unknown): Value {
  const read = definition.schema.safeParse(rawValue(definition, typeof typed === 'string' ? typed.trim() : typed));
  if (read.success) return read.data;
  const [first] = fieldIssues(read.error);
  throw new AppError('input.invalid', {}, [{ path: 'value', code: first?.code ?? 'invalid', params: first?.params ?? {} }]);
}

function rawValue(definition: SettingDefinition<unknown>, typed: unknown): unknown {
  const { unit, text } = definition;
  if (typed === undefined || typed === '') failField('value', 'required');
  if (typeof typed !== 'string')
    return unit === 'fen' || unit === 'fenPerPerson' || unit === 'percent' ? failField('value', 'wrong-type') : typed;
  switch (unit) {
    case 'fen':
    case 'fenPerPerson':
      return noLimitWords.has(typed) ? noLimit : (yuanToFen(typed) ?? failField('value', 'not-yuan'));
    case 'percent':
      return basisPoints(typed);
    case 'yesNo':
      return typed === 'true' ? true : typed === 'false' ? false : typed;
    case 'choice':
      return typed;
    case 'table':
      return text ? text.read(typed) : parseJson(typed);
    default:
      return wholeNumber(typed);
  }
}

function wholeNumber(typed: string): number | typeof noLimit {
  if (noLimitWords.has(typed)) return noLimit;
  const digits = halfWidth(typed).replaceAll(',', '');
  return wholeText.test(digits) ? Number(digits) : failField('value', 'not-a-whole-number');
}

function basisPoints(typed: string): number | typeof noLimit {
  if (noLimitWords.has(typed)) return noLimit;
  const parts = percentText.exec(halfWidth(typed));
  return parts ? Number(`${parts[1]}${(parts[2] ?? '').padEnd(2, '0')}`) : failField('value', 'setting.not-percent');
}

function parseJson(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return failField('value', 'setting.not-a-table');
  }
}
