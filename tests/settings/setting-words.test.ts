import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadTranslator, type Translator } from '../../server/platform/i18n/translator';
import { type SettingDefinition, settingDefinitions } from '../../server/settings/setting-definition';
import { settingLabel, settingMeaning, valueWords } from '../../server/settings/value-words';

// Each room keeps its numbers in <room>.settings.ts; loading the file defines them.
for (const room of readdirSync('server')) {
  const file = resolve('server', room, `${room}.settings.ts`);
  if (existsSync(file)) require(file);
}

const definitions = settingDefinitions();
let translator: Translator;
beforeAll(async () => {
  translator = await loadTranslator({ strict: true }); // a missing message throws
});

/** The sample, and every other value that has a word of its own. */
function valuesOf({ unit, choices, sample }: SettingDefinition<unknown>): readonly unknown[] {
  if (unit === 'yesNo') return [true, false];
  return choices ?? [sample];
}

test.each(definitions.map((definition) => [definition.name, definition] as const))(
  '%s has its words in both languages',
  (name, definition) => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const t = translator.in(locale);
      const said = [settingLabel(t, name), settingMeaning(t, name), t(`settings:room.${definition.room}`)];
      const values = valuesOf(definition).map((value) => valueWords(t, definition, value));
      expect([...said, ...values].filter((text) => text === '' || /undefined|NaN|\{\{/.test(text))).toEqual([]);
    }
  },
);

test.each(definitions.map((definition) => [definition.name, definition] as const))(
  'the samples of %s fit its own schema, in order',
  (_name, definition) => {
    const versions = definition.sampleHistory ?? [{ value: definition.sample, from: '', to: undefined }];
    for (const [index, { value, from }] of versions.entries()) {
      expect(definition.schema.safeParse(value).data).toEqual(value);
      const before = versions[index - 1];
      if (before) expect(String(before.to) < from).toBe(true); // closed, and over before the next begins
    }
  },
);
