import { fen } from '../kernel/money';
import { fenToYuanText } from '../kernel/money-text';
import type { SettingDefinition } from './setting-definition';
import { noLimit } from './setting-values';

/** A value as people type it; `readTypedValue` gives it back. */
export function typedText<Value>({ unit, text }: SettingDefinition<Value>, value: Value): string {
  if (value === noLimit) return noLimit;
  switch (unit) {
    case 'fen':
    case 'fenPerPerson':
      return fenToYuanText(fen(Number(value)));
    case 'percent':
      return percentText(Number(value));
    case 'table':
      return text ? text.write(value) : JSON.stringify(value, null, 2);
    default:
      return String(value);
  }
}

/** Basis points as percent, without zeros at the end: 1250 → 12.5. */
export function percentText(basisPoints: number): string {
  const rest = basisPoints % 100;
  const whole = String((basisPoints - rest) / 100);
  return rest === 0 ? whole : `${whole}.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
}
