import { join } from 'node:path';
import { createInstance, type i18n } from 'i18next';
import Backend from 'i18next-fs-backend';
import type { Locale } from '../../kernel/context';
import { BrokenInvariant } from '../../kernel/errors';
import { fen } from '../../kernel/money';
import { formatYuan } from '../../kernel/money-text';
import { firstLocale, locales, localesFolder, namespacesIn } from './locales';

/** Says a message: `t('ui:paging.range', { from: 1, to: 10 })`. Values are not escaped: Handlebars does that. */
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** All messages, loaded once; `in(locale)` is ready to use for any number of requests. */
export interface Translator {
  in(locale: Locale): Translate;
  has(locale: Locale, key: string): boolean;
}

export interface TranslatorOptions {
  folder?: string;
  /** A missing message throws instead of showing its key: in tests, so that no page ships with a hole. */
  strict?: boolean;
}

/**
 * Reads every file below `locales/` (a file is a namespace).
 * @throws BrokenInvariant from `t`, when strict and the message is missing.
 */
export async function loadTranslator(options: TranslatorOptions = {}): Promise<Translator> {
  const folder = options.folder ?? localesFolder;
  const instance = createInstance();
  await instance.use(Backend).init({
    backend: { loadPath: join(folder, '{{lng}}', '{{ns}}.json') },
    lng: firstLocale,
    preload: [...locales],
    supportedLngs: [...locales],
    // No second language: a hole in the English must be seen by the tests, not filled with Chinese.
    fallbackLng: false,
    load: 'currentOnly',
    ns: namespacesIn(folder),
    defaultNS: 'ui',
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnNull: false,
    ...(options.strict ? { parseMissingKeyHandler: refuseMissing } : {}),
  });
  // `{{maxFen, yuan}}` in a message: details of errors carry whole fen.
  instance.services.formatter?.add('yuan', (amount: number) => formatYuan(fen(amount)));
  return translatorOf(instance);
}

let shared: Promise<Translator> | undefined;

/** The program's messages, read once in a process: for pages, and for words outside a page, where `res.locals.t` is not at hand. */
export function sharedTranslator(): Promise<Translator> {
  shared ??= loadTranslator({ strict: process.env['NODE_ENV'] === 'test' });
  return shared;
}

function refuseMissing(key: string): never {
  throw new BrokenInvariant('message.exists', { key });
}

function translatorOf(instance: i18n): Translator {
  const spoken = new Map(locales.map((locale) => [locale, translateIn(instance, locale)] as const));
  return {
    in: (locale) => spoken.get(locale) ?? translateIn(instance, locale),
    has: (locale, key) => instance.exists(key, { lng: locale, count: 1 }),
  };
}

function translateIn(instance: i18n, locale: Locale): Translate {
  const fixed = instance.getFixedT(locale);
  const said = new Map<string, string>(); // most of a page's words have no values: each is looked up once
  const lookUp = (key: string) => {
    const text = String(fixed(key));
    if (instance.exists(key, { lng: locale })) said.set(key, text);
    return text;
  };
  return (key, values) => (values && Object.keys(values).length > 0 ? String(fixed(key, values)) : (said.get(key) ?? lookUp(key)));
}
