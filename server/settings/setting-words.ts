import { AppError } from '../kernel/errors';
import type { Translate } from '../platform/i18n/translator';
import { readTypedValue } from './read-typed-value';
import { settingDefinition } from './setting-definition';
import { settingLabel, valueWords } from './value-words';

/** What other rooms' pages call a number of policy, and where it is shown. A number that is no more keeps its name. */
export function labelOfSetting(t: Translate, name: string): { text: string; href?: string } {
  return settingDefinition(name) ? { text: settingLabel(t, name), href: `/settings/${name}` } : { text: name };
}

/** A value as it was typed and kept, as people read it; as typed where today's definition cannot read it. */
export function typedWords(t: Translate, name: string, typed: string): string {
  const definition = settingDefinition(name);
  if (!definition) return typed;
  try {
    return valueWords(t, definition, readTypedValue(definition, typed));
  } catch (error) {
    if (error instanceof AppError) return typed;
    throw error;
  }
}
