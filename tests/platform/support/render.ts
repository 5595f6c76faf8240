import { readdirSync, readFileSync } from 'node:fs';
import { create } from 'express-handlebars';
import { loadTranslator } from '../../../server/platform/i18n/translator';
import type { Template } from '../../../server/platform/views/helper-options';
import { viewHelpers } from '../../../server/platform/views/install-views';

const { handlebars } = create();
const options = { explicitPartialContext: true, preventIndent: true };

/** Renders template text with all helpers and parts, as a page would be: `render('{{> copy text="A"}}', { … })`. */
export async function templates(): Promise<(text: string, page?: Record<string, unknown>) => string> {
  const t = (await loadTranslator({ strict: true })).in('zh-CN');
  const helpers = viewHelpers(true);
  const partials = Object.fromEntries(partialNames().map((name) => [name, compile(readFileSync(`views/partials/${name}.hbs`, 'utf8'))]));
  return (text, page = {}) => {
    const context = { t, locale: 'zh-CN', today: '2026-11-24', csrfToken: 'token', ...page };
    return compile(text)(context, { helpers, partials, data: { exphbs: { helpers, partials } } }).trim();
  };
}

function partialNames(): string[] {
  const files = readdirSync('views/partials', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));
  return files.map((file) => file.replace('.hbs', '')); // a room's own are named `donations/papers`
}

function compile(text: string): Template {
  return handlebars.compile(text, options) as unknown as Template;
}
