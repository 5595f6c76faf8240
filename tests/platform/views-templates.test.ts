import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTranslator, type Translator } from '../../server/platform/i18n/translator';
import { iconNames } from '../../server/platform/views/assets';

const files = readdirSync('views', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));
const partials = new Set(files.flatMap((file) => [file.replace('.hbs', ''), file.replace(/^partials\/|\.hbs$/g, '')]));
const icons = iconNames();

/** Comments show how a part is used; only what is rendered counts. */
function sourceOf(file: string): string {
  return readFileSync(join('views', file), 'utf8').replace(/\{\{!--[\s\S]*?--\}\}/g, '');
}

function namesIn(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].map((match) => match[1] ?? '');
}

let translator: Translator;
beforeAll(async () => {
  translator = await loadTranslator();
});

describe.each(files)('views/%s', (file) => {
  const source = sourceOf(file);

  test('uses only messages that there are, in both languages', () => {
    const keys = namesIn(source, /[({]\s*(?:t|rich)\s+"([^"]+)"/g);
    expect(keys.filter((key) => !translator.has('zh-CN', key) || !translator.has('en', key))).toEqual([]);
  });

  test('uses only parts and icons that there are', () => {
    const parts = namesIn(source, /\{\{#?(?:>|part\s)\s*"?([\w/-]+)/g);
    const named = namesIn(source, /(?:[({]icon\s+|\bicon=|\bwhyIcon=)"([\w-]+)"/g);
    expect([parts.filter((name) => !partials.has(name)), named.filter((name) => !icons.has(name))]).toEqual([[], []]);
  });

  test('obeys the content security policy', () => {
    expect(source).not.toMatch(/\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style|<script(?![^>]*\bsrc=)|javascript:|hx-on/i);
  });

  test('loads nothing from elsewhere', () => expect(source).not.toMatch(/(?:src|href|action)\s*=\s*["'](?:https?:)?\/\//i));

  test('prints nothing unescaped but the page inside its layout', () => {
    const raw = namesIn(source, /(\{\{\{[^}]*\}\}\}|\{\{&[^}]*\}\})/g);
    expect(raw.filter((print) => !(file.startsWith('layouts/') && print === '{{{body}}}'))).toEqual([]);
  });

  test('wraps content with {{#part}}: a block partial would lose its context', () => expect(source).not.toMatch(/\{\{#>/));

  test('gives each form that changes something its token', () => {
    const forms = source.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
    expect(forms.filter((form) => /method="post"/i.test(form) && !/\{\{>\s*csrf\}\}/.test(form))).toEqual([]);
  });
});

test.each(files.filter((file) => file.startsWith('layouts/')))('%s has language, skip link, main landmark, title and script', (file) => {
  const source = sourceOf(file);
  expect(source).toMatch(/<html lang="\{\{locale\}\}"/);
  expect(source).toMatch(/<a class="skip-link" href="#main">/);
  expect(source).toMatch(/<main id="main"[^>]*tabindex="-1"/);
  expect(source).toMatch(/\{\{> head title=title script="\w+"/);
  expect(source).toMatch(/hx-headers:inherited='\{"x-csrf-token":"\{\{csrfToken\}\}"\}'/);
});

describe('public/css', () => {
  const sheets = readdirSync('public/css');
  const tokens = readFileSync('public/css/tokens.css', 'utf8');

  test.each(sheets)('%s uses only tokens that there are, and loads nothing', (sheet) => {
    const css = readFileSync(join('public/css', sheet), 'utf8');
    const unknown = namesIn(css, /var\((--[\w-]+)\)/g).filter((name) => !tokens.includes(`${name}:`) && !css.includes(`${name}:`));
    expect(unknown).toEqual([]);
    expect(css).not.toMatch(/url\(|@import|@font-face/);
  });
});
