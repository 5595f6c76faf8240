import { readFileSync } from 'node:fs';
import { AppError } from '../../server/kernel/errors';
import { parseInput } from '../../server/platform/validation/field-issues';
import { alongside, zId, zLocalDate, zNfcText, zPage, zTick, zWhole, zYuan } from '../../server/platform/validation/types';
import { z } from '../../server/platform/validation/zod';

const form = z.object({
  name: zNfcText(3),
  note: zNfcText(10, { min: 0, lines: true }),
  pieces: zWhole(1, 5),
  day: zLocalDate,
  yuan: zYuan(),
  agreed: zTick,
  shop: zId('shop'),
  lines: z.array(z.object({ count: z.int() })).min(1),
});
const good = { name: ' 张伟 ', pieces: '3', day: '2026-11-24', yuan: '1,234.50', shop: 'shop_0123456789abcdefghjk', lines: [{ count: 1 }] };

const issuesOf = (input: unknown) => {
  try {
    parseInput(form, input);
    return [];
  } catch (error) {
    return error instanceof AppError ? error.issues : [error];
  }
};

test('reads what people type', () => {
  expect(parseInput(form, { ...good, note: 'a\r\nb', agreed: 'on' })).toEqual({
    name: '张伟',
    note: 'a\nb',
    pieces: 3,
    day: '2026-11-24',
    yuan: 123450,
    agreed: true,
    shop: good.shop,
    lines: [{ count: 1 }],
  });
  expect(parseInput(form, good)).toMatchObject({ note: '', agreed: false });
});

test.each`
  field       | value            | code                    | why
  ${'name'}   | ${undefined}     | ${'required'}           | ${'missing'}
  ${'name'}   | ${'   '}         | ${'required'}           | ${'only spaces'}
  ${'name'}   | ${'欧阳修文'}    | ${'too-long'}           | ${'four characters'}
  ${'name'}   | ${'张\u202e伟'}  | ${'bad-character'}      | ${'turns the text around'}
  ${'name'}   | ${'张\u0000'}    | ${'bad-character'}      | ${'a control character'}
  ${'name'}   | ${'张\n伟'}      | ${'bad-character'}      | ${'a line end in a line'}
  ${'name'}   | ${{ $ne: null }} | ${'wrong-type'}         | ${'an operator object'}
  ${'name'}   | ${['张', '伟']}  | ${'wrong-type'}         | ${'a doubled field'}
  ${'pieces'} | ${undefined}     | ${'required'}           | ${'missing'}
  ${'pieces'} | ${''}            | ${'required'}           | ${'left empty'}
  ${'pieces'} | ${'1.5'}         | ${'not-a-whole-number'} | ${'half a piece'}
  ${'pieces'} | ${1.5}           | ${'not-a-whole-number'} | ${'half a piece in JSON'}
  ${'pieces'} | ${'9'}           | ${'number-too-large'}   | ${'above the most'}
  ${'pieces'} | ${0}             | ${'number-too-small'}   | ${'below the least'}
  ${'day'}    | ${'2026-02-30'}  | ${'not-a-day'}          | ${'no such day'}
  ${'yuan'}   | ${'12.345'}      | ${'not-yuan'}           | ${'three decimals'}
  ${'yuan'}   | ${'-5'}          | ${'not-yuan'}           | ${'negative'}
  ${'yuan'}   | ${'0'}           | ${'amount-too-small'}   | ${'nothing'}
  ${'yuan'}   | ${'1e3'}         | ${'not-yuan'}           | ${'exponent'}
  ${'shop'}   | ${'shop_../etc'} | ${'not-an-id'}          | ${'not an id'}
  ${'lines'}  | ${[]}            | ${'too-few'}            | ${'no line'}
`('refuses $field when $why: $code', ({ field, value, code }) => {
  expect(issuesOf({ ...good, [field]: value })).toEqual([expect.objectContaining({ path: field, code })]);
});

test('points into lists, and says the limit', () => {
  expect(issuesOf({ ...good, lines: [{ count: 1 }, {}] })).toEqual([{ path: 'lines.1.count', code: 'required', params: {} }]);
  expect(issuesOf({ ...good, name: 'abcd' })).toEqual([{ path: 'name', code: 'too-long', params: { max: 3 } }]);
});

test('asks for what is empty, and calls short what is short', () => {
  const said = (typed: string) =>
    zNfcText(5, { min: 2 })
      .safeParse(typed)
      .error?.issues.map(({ message }) => message);
  expect([said(' '), said('一')]).toEqual([['required'], ['too-short']]);
});

test('counts characters as their bearers do', () => {
  expect(zNfcText(2).parse('𠮷𠮷')).toBe('𠮷𠮷');
  expect(zNfcText(1).parse('e\u0301')).toBe('é');
});

test('a strict schema names the field that nobody asked for', () => {
  expect(() => parseInput(z.strictObject({ amount: zYuan() }), { amount: '1', role: 'admin' })).toThrow(
    expect.objectContaining({ code: 'input.invalid', issues: [{ path: 'role', code: 'not-expected' }] }),
  );
});

test.each`
  what                                  | sent
  ${'an object instead of a day'}       | ${{ from: { toString: 1, valueOf: 2 }, to: '2026-11-24', rows: [] }}
  ${'one among the rows'}               | ${{ from: '2026-11-23', to: '2026-11-24', rows: [{ day: { toString: 1 } }] }}
  ${'a field that was not sent at all'} | ${{ to: '2026-11-24', rows: [] }}
`('a rule about several fields falls over nothing: $what', ({ sent }) => {
  const days = z
    .object({ from: zLocalDate, to: zLocalDate, rows: z.array(z.object({ day: zLocalDate })) })
    .refine(({ from, to, rows }) => !(to < from) && rows.every(({ day }) => day >= from), {
      path: ['to'],
      error: 'wrong-day',
      ...alongside,
    });
  const issues = days.safeParse(sent).error?.issues ?? [];
  expect(issues.map(({ path }) => path[0])).toContain('rows' in sent && sent.rows.length > 0 ? 'rows' : 'from');
});

test('a page has fifty rows unless asked, and never more than two hundred', () => {
  expect(zPage.parse({})).toEqual({ limit: 50 });
  expect(zPage.safeParse({ limit: '201' }).success).toBe(false);
});

test.each(['zh-CN', 'en'])('every code of a wrong field has a sentence in %s', (locale) => {
  const { field } = JSON.parse(readFileSync(`locales/${locale}/errors.json`, 'utf8')) as { field: Record<string, string> };
  const source = ['types', 'field-issues'].map((file) => readFileSync(`server/platform/validation/${file}.ts`, 'utf8')).join('');
  const codes = [...source.matchAll(/'((?:too|number|amount|not|wrong|bad)-[a-z-]+|required|invalid)'/g)].map((match) => match[1] ?? '');
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !(code in field))).toEqual([]);
});
