import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import request from 'supertest';
import { errorStatus } from '../../server/kernel/errors';
import { installI18n } from '../../server/platform/i18n/install-i18n';
import { namespacesIn } from '../../server/platform/i18n/locales';
import { loadTranslator, type Translate, type Translator } from '../../server/platform/i18n/translator';

type Messages = { [key: string]: string | Messages };

/** `title_other` and `title_one` are one message: languages differ in their plurals. */
function messagesOf(namespace: string, locale: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (messages: Messages, before: string) => {
    for (const [key, value] of Object.entries(messages)) {
      if (typeof value === 'string') found.set(`${before}${key}`.replace(/_(zero|one|two|few|many|other)$/, ''), value);
      else walk(value, `${before}${key}.`);
    }
  };
  walk(JSON.parse(readFileSync(`locales/${locale}/${namespace}.json`, 'utf8')) as Messages, '');
  return found;
}

function valuesNamedIn(message: string): string[] {
  return [...message.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? '').sort();
}

const namespaces = namespacesIn('locales');

test('both languages have the same files', () => {
  expect(readdirSync('locales/en').sort()).toEqual(readdirSync('locales/zh-CN').sort());
});

describe.each(namespaces)('locales/*/%s.json', (namespace) => {
  const chinese = messagesOf(namespace, 'zh-CN');
  const english = messagesOf(namespace, 'en');

  test('says everything in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  test('names the same values in both languages', () => {
    const differing = [...chinese].filter(([key, text]) => {
      const other = english.get(key);
      return other !== undefined && valuesNamedIn(other).join() !== valuesNamedIn(text).join();
    });
    expect(differing).toEqual([]);
  });

  test('leaves no message empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

test('does not shout at people', () => {
  const shouting = namespaces.flatMap((name) => [...messagesOf(name, 'zh-CN').values()]).filter((text) => /[!！]/.test(text));
  expect(shouting).toEqual([]);
});

test('English texts have English punctuation', () => {
  const wide = namespaces
    .flatMap((name) => [...messagesOf(name, 'en').values()])
    .filter((text) => /[\u3000-\u303f\uff00-\uffef]/.test(text));
  expect(wide).toEqual([]);
});

test('what is counted to givers and their officers has a plural in English', () => {
  const plain = ['donations', 'given', 'counter'].flatMap((name) =>
    [...readFileSync(`locales/en/${name}.json`, 'utf8').matchAll(/"(\w+)": "([^"]*\{\{count[^}]*\}\}(?:<\/b>)? [a-z]+s\b[^"]*)"/g)].flatMap(
      ([, key, text]) => (/_(one|other)$/.test(key ?? '') ? [] : [text]),
    ),
  );
  expect(plain).toEqual([]);
});

describe('translator', () => {
  let translator: Translator;
  beforeAll(async () => {
    translator = await loadTranslator({ strict: true });
  });

  test.each`
    locale     | key                                | values                     | said
    ${'zh-CN'} | ${'ui:points'}                     | ${{ count: 1 }}            | ${'1 分'}
    ${'en'}    | ${'ui:points'}                     | ${{ count: 1 }}            | ${'1 point'}
    ${'en'}    | ${'ui:points'}                     | ${{ count: 2 }}            | ${'2 points'}
    ${'en'}    | ${'donations:my.total'}            | ${{ sum: '¥1', count: 1 }} | ${'¥1 given, 1 gift'}
    ${'en'}    | ${'donations:range.link'}          | ${{ count: 1_500 }}        | ${'Ranges: 1,500 numbers left'}
    ${'zh-CN'} | ${'errors:field.amount-too-large'} | ${{ maxFen: 500_000 }}     | ${'金额不能超过 ¥5,000.00'}
    ${'zh-CN'} | ${'ui:copy.label'}                 | ${{ text: '<b>{{x}}' }}    | ${'复制 <b>{{x}}'}
    ${'zh-CN'} | ${'ui:copy.label'}                 | ${{ text: '$t(ui:back)' }} | ${'复制 $t(ui:back)'}
  `('$locale $key says $said', ({ locale, key, values, said }) => expect(translator.in(locale)(key, values)).toBe(said));

  test.each(['ui:no-such-message', 'no-such-file:title', 'ui:errors.no-such'])('%s is a fault when strict', (key) => {
    expect(() => translator.in('en')(key)).toThrow('message.exists');
  });

  test.each(Object.keys(errorStatus))('the error %s has its words in both languages', (code) => {
    expect([translator.has('zh-CN', `errors:${code}`), translator.has('en', `errors:${code}`)]).toEqual([true, true]);
  });
});

test('shows the key of a missing message when not strict', async () => {
  expect((await loadTranslator()).in('en')('ui:no-such-message')).toBe('no-such-message');
});

test('a new file is a new namespace', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'locales-'));
  for (const locale of ['zh-CN', 'en']) {
    mkdirSync(join(folder, locale));
    writeFileSync(join(folder, locale, 'relief.json'), JSON.stringify({ title: locale }));
  }
  const translator = await loadTranslator({ folder, strict: true });
  expect(translator.in('en')('relief:title')).toBe('en');
  rmSync(folder, { recursive: true });
});

describe('the language of a request', () => {
  const app = express();
  beforeAll(async () => {
    app.use(await installI18n());
    app.get('/', (_req, res) => res.json({ locale: res.locals['locale'], said: (res.locals['t'] as Translate)('ui:back') }));
  });

  test.each`
    query                    | cookie                | locale     | said      | why
    ${''}                    | ${''}                 | ${'zh-CN'} | ${'返回'} | ${'Chinese is first, whatever the browser prefers'}
    ${'?lang=en'}            | ${''}                 | ${'en'}    | ${'Back'} | ${'asked for'}
    ${''}                    | ${'lang=en'}          | ${'en'}    | ${'Back'} | ${'remembered'}
    ${'?lang=zh-CN'}         | ${'lang=en'}          | ${'zh-CN'} | ${'返回'} | ${'asked for wins'}
    ${'?lang=fr'}            | ${''}                 | ${'zh-CN'} | ${'返回'} | ${'not spoken here'}
    ${'?lang=fr'}            | ${'lang=en'}          | ${'en'}    | ${'Back'} | ${'not spoken here, so what is remembered'}
    ${'?lang=..%2Fen'}       | ${'lang=constructor'} | ${'zh-CN'} | ${'返回'} | ${'a trick'}
    ${'?lang=en&lang=zh-CN'} | ${''}                 | ${'en'}    | ${'Back'} | ${'named twice: the first'}
  `('$query $cookie is answered in $locale: $why', async ({ query, cookie, locale, said }) => {
    const answer = await request(app).get(`/${query}`).set('Cookie', cookie).set('Accept-Language', 'en-GB');
    expect(answer.body).toEqual({ locale, said });
    expect(answer.headers['content-language']).toBe(locale);
  });

  test('a choice is remembered for a year, and only a choice', async () => {
    const chosen = await request(app).get('/?lang=en');
    const merelyRead = await request(app).get('/').set('Cookie', 'lang=en');
    expect(chosen.headers['set-cookie']?.[0]).toMatch(/^lang=en; Max-Age=31536000; Path=\/; .*HttpOnly; SameSite=Lax$/);
    expect(merelyRead.headers['set-cookie']).toBeUndefined();
  });
});
