import type { Request, RequestHandler, Response } from 'express';
import { LanguageDetector } from 'i18next-http-middleware';
import type { Locale } from '../../kernel/context';
import { firstLocale, isLocale } from './locales';
import { sharedTranslator, type Translator } from './translator';

const oneYearMs = 365 * 86_400_000;
const order = ['querystring', 'cookie'];

/**
 * Takes the program's messages and gives the middleware that says which language a request is answered in: `?lang=en` (remembered in a
 * cookie for a year), else the cookie, else Chinese. The browser's language list is not asked: the county reads Chinese, and a
 * link shows everyone the same page. Sets `res.locals.t`, `res.locals.locale` and the Content-Language header.
 */
export async function installI18n(messages: Promise<Translator> = sharedTranslator()): Promise<RequestHandler> {
  const translator = await messages;
  const detect = localeDetector();
  return (req, res, next) => {
    const locale = detect(req, res);
    if (req.query['lang'] === locale) rememberLocale(res, locale);
    res.locals['locale'] = locale;
    res.locals['t'] = translator.in(locale);
    res.setHeader('Content-Language', locale);
    next();
  };
}

function localeDetector(): (req: Request, res: Response) => Locale {
  const known = { languageUtils: { getBestMatchFromCodes: (codes: readonly unknown[]) => codes.find(isLocale) } };
  const detector = new LanguageDetector(
    known,
    { lookupQuerystring: 'lang', lookupCookie: 'lang', caches: false },
    { fallbackLng: [firstLocale] },
  );
  return (req, res) => {
    const found: unknown = detector.detect(req, res, order);
    return isLocale(found) ? found : firstLocale;
  };
}

function rememberLocale(res: Response, locale: Locale): void {
  res.cookie('lang', locale, { maxAge: oneYearMs, sameSite: 'lax', httpOnly: true });
}
