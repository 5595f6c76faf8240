import { AppError } from '../../server/kernel/errors';
import { z } from '../../server/platform/validation/zod';
import { defineSetting, zSettingFen, zSettingLimit, zSettingWhole, zSettingYesNo } from '../../server/settings';
import { readTypedValue } from '../../server/settings/read-typed-value';
import type { SettingDefinition } from '../../server/settings/setting-definition';
import { typedText } from '../../server/settings/value-text';

const bands = z.array(z.object({ upTo: z.int().optional(), bp: z.int() })).min(1);
const numbers: Record<string, SettingDefinition<unknown>> = {
  yuan: defineSetting({
    name: 'test.yuan',
    room: 'settings',
    unit: 'fen',
    schema: zSettingFen({ min: 1, max: 10_000_00 }),
    sample: 100 as never,
  }),
  days: defineSetting({ name: 'test.days', room: 'settings', unit: 'days', schema: zSettingWhole(1, 90), sample: 7 }),
  limit: defineSetting({ name: 'test.limit', room: 'settings', unit: 'points', schema: zSettingLimit(0, 10_000), sample: 200 }),
  share: defineSetting({ name: 'test.share', room: 'settings', unit: 'percent', schema: zSettingWhole(0, 10_000), sample: 1_250 }),
  tick: defineSetting({ name: 'test.tick', room: 'settings', unit: 'yesNo', schema: zSettingYesNo, sample: true }),
  mode: defineSetting({
    name: 'test.mode',
    room: 'settings',
    unit: 'choice',
    choices: ['gap', 'bands'],
    schema: z.enum(['gap', 'bands']),
    sample: 'gap',
  }),
  bands: defineSetting({ name: 'test.bands', room: 'settings', unit: 'table', schema: bands, sample: [{ bp: 5_000 }] }),
};
const read = (number: string, typed: unknown) => readTypedValue(numbers[number] as SettingDefinition<unknown>, typed);

test.each`
  number     | typed                             | value
  ${'yuan'}  | ${'6,000'}                        | ${6_000_00}
  ${'yuan'}  | ${' ¥6000.50 '}                   | ${6_000_50}
  ${'yuan'}  | ${'６０００元'}                   | ${6_000_00}
  ${'days'}  | ${'7'}                            | ${7}
  ${'days'}  | ${7}                              | ${7}
  ${'limit'} | ${'1,200'}                        | ${1_200}
  ${'limit'} | ${'不限'}                         | ${'none'}
  ${'limit'} | ${'none'}                         | ${'none'}
  ${'share'} | ${'12.5'}                         | ${1_250}
  ${'share'} | ${'12.05%'}                       | ${1_205}
  ${'share'} | ${'100 %'}                        | ${10_000}
  ${'tick'}  | ${'true'}                         | ${true}
  ${'tick'}  | ${false}                          | ${false}
  ${'mode'}  | ${'bands'}                        | ${'bands'}
  ${'bands'} | ${'[{"upTo":1000000,"bp":5000}]'} | ${[{ upTo: 1_000_000, bp: 5_000 }]}
  ${'bands'} | ${[{ bp: 7_000 }]}                | ${[{ bp: 7_000 }]}
`('$number reads $typed as $value, and its text reads the same', ({ number, typed, value }) => {
  expect(read(number, typed)).toEqual(value);
  expect(read(number, typedText(numbers[number] as SettingDefinition<unknown>, value))).toEqual(value);
});

test.each`
  number     | typed                | code
  ${'yuan'}  | ${''}                | ${'required'}
  ${'yuan'}  | ${undefined}         | ${'required'}
  ${'yuan'}  | ${'6e3'}             | ${'not-yuan'}
  ${'yuan'}  | ${'1.234'}           | ${'not-yuan'}
  ${'yuan'}  | ${6_000}             | ${'wrong-type'}
  ${'yuan'}  | ${'0'}               | ${'amount-too-small'}
  ${'yuan'}  | ${'10000.01'}        | ${'amount-too-large'}
  ${'yuan'}  | ${'不限'}            | ${'not-yuan'}
  ${'days'}  | ${'7.5'}             | ${'not-a-whole-number'}
  ${'days'}  | ${7.5}               | ${'not-a-whole-number'}
  ${'days'}  | ${'0'}               | ${'number-too-small'}
  ${'days'}  | ${'91'}              | ${'number-too-large'}
  ${'days'}  | ${'none'}            | ${'not-a-whole-number'}
  ${'limit'} | ${'-1'}              | ${'number-too-small'}
  ${'share'} | ${'12.345'}          | ${'setting.not-percent'}
  ${'share'} | ${'101'}             | ${'number-too-large'}
  ${'tick'}  | ${'maybe'}           | ${'not-a-choice'}
  ${'mode'}  | ${'tiers'}           | ${'not-a-choice'}
  ${'bands'} | ${'{'}               | ${'setting.not-a-table'}
  ${'bands'} | ${'[]'}              | ${'too-few'}
  ${'bands'} | ${'[{"bp":"much"}]'} | ${'wrong-type'}
  ${'bands'} | ${{ $gt: 0 }}        | ${'wrong-type'}
`('$number refuses $typed at the field: $code', ({ number, typed, code }) => {
  expect(() => read(number, typed)).toThrow(AppError);
  expect(() => read(number, typed)).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ path: 'value', code })] }));
});

test.each`
  wrong                                                                          | invariant
  ${{ name: 'test.yuan', unit: 'days', schema: zSettingWhole(0, 1), sample: 0 }} | ${'settings.name-is-one-of-a-kind'}
  ${{ name: 'Test', unit: 'days', schema: zSettingWhole(0, 1), sample: 0 }}      | ${'settings.name-is-plain'}
  ${{ name: 'test.pick', unit: 'choice', schema: z.string(), sample: 'a' }}      | ${'settings.choice-names-its-choices'}
`('a definition that breaks $invariant stops the start', ({ wrong, invariant }) => {
  expect(() => defineSetting({ room: 'settings', ...wrong })).toThrow(invariant);
});
