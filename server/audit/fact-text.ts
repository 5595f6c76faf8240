import type { Context } from '../kernel/context';
import type { LocalDate } from '../kernel/local-date';
import type { Grant } from '../kernel/roles';
import type { Translate } from '../platform/i18n/translator';
import { formatDay, formatNumber, formatSum } from '../platform/views/format';
import type { AuditEvent } from './audit-event.model';
import { factReadings, grantsIn } from './facts';

/** What the words of a fact need from higher rooms. */
export interface FactWords {
  t: Translate;
  locale: Context['locale'];
  scopeName(grant: Grant): string;
  /** A typed value of policy as people read it. */
  settingValue(t: Translate, name: string, typed: string): string;
}

const shownDigits = 12;

/** Each fact in words, with what it was before where it changed. */
export function changesOf(words: FactWords, { subjectId, before = {}, after = {} }: Pick<AuditEvent, 'subjectId' | 'before' | 'after'>) {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => readingOf(field) !== 'silent');
  const text = (facts: Readonly<Record<string, string | number>>, field: string) =>
    field in facts ? factText(words, field, facts[field] as string | number, facts, subjectId) : '';
  return fields.map((field) => ({
    field: readingOf(field) ? words.t(`facts:name.${field}`) : field,
    before: text(before, field),
    after: text(after, field),
    isChange: field in before,
  }));
}

function readingOf(field: string) {
  return field in factReadings ? factReadings[field as keyof typeof factReadings] : undefined;
}

function factText(
  { t, locale, scopeName, settingValue }: FactWords,
  field: string,
  value: string | number,
  facts: Readonly<Record<string, unknown>>,
  subjectId: string,
): string {
  const reading = readingOf(field);
  switch (reading) {
    case 'sum':
      return formatSum(Number(value));
    case 'number':
      return formatNumber(Number(value));
    case 'day':
      return formatDay(value as LocalDate, locale);
    case 'fingerprint':
      return `${String(value).slice(0, shownDigits)}…`;
    case 'evidence':
      return String(value).replace(/^sha256:(\w+)$/, (_, digits: string) => t('facts:bankFile', { digits: digits.slice(0, shownDigits) }));
    case 'scopes':
      return grantsIn(facts).map(scopeName).join(t('facts:and'));
    case 'settingValue':
      return settingValue(t, subjectId, String(value));
    case 'published':
    case 'silent':
    case undefined:
      return String(value);
    default:
      return String(value)
        .split(' ')
        .map((word) => t(`${reading.at}.${word}`))
        .join(t('facts:and'));
  }
}
