import type { Translate } from '../platform/i18n/translator';
import { formatNumber, formatSum } from '../platform/views/format';
import type { SettingDefinition } from './setting-definition';
import { noLimit } from './setting-values';
import { percentText, typedText } from './value-text';

/** A value as people read it: ¥6,000.00, ¥8,300.00 / 人, 7 个工作日, 不限. A table only says that there is one. */
export function valueWords<Value>(t: Translate, { name, unit }: SettingDefinition<Value>, value: Value): string {
  if (unit === 'choice') return t(`settings:choice.${name}.${String(value)}`);
  if (value === noLimit) return t('settings:unit.none');
  switch (unit) {
    case 'fen':
      return formatSum(Number(value));
    case 'fenPerPerson':
      return t('settings:unit.fenPerPerson', { text: formatSum(Number(value)) });
    case 'percent':
      return t('settings:unit.percent', { text: percentText(Number(value)) });
    case 'yesNo':
      return t(`settings:choice.${name}.${value ? 'yes' : 'no'}`);
    case 'table':
      return t('settings:unit.table');
    default:
      return t(`settings:unit.${unit}`, { count: Number(value), text: formatNumber(Number(value)) });
  }
}

/** The lines of a table; undefined for a value that is one number or word. */
export function tableLines<Value>(definition: SettingDefinition<Value>, value: Value): readonly string[] | undefined {
  return definition.unit === 'table' ? typedText(definition, value).split('\n') : undefined;
}

/** The size of a value for a chart; undefined for what has none. */
export function valueSize<Value>({ unit }: SettingDefinition<Value>, value: Value): number | undefined {
  return unit !== 'choice' && unit !== 'yesNo' && typeof value === 'number' ? value : undefined;
}

export function settingLabel(t: Translate, name: string): string {
  return t(`settings:number.${name}.label`);
}

export function settingMeaning(t: Translate, name: string): string {
  return t(`settings:number.${name}.meaning`);
}
