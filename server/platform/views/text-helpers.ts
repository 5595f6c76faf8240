import type { LocalDate } from '../../kernel/local-date';
import { formatDay, formatMonth, formatNumber, formatSum, formatTime, type YuanStyle } from './format';
import { type HelperOptions, rootOf } from './helper-options';
import { attribute, escapeValue, type Html, html, trusted } from './html';

/** `{{t "ui:paging.range" from=1 to=10 total=15}}`: a message in the reader's language. */
function t(key: string, options: HelperOptions): string {
  return rootOf(options).t(key, options.hash);
}

/**
 * `{{rich "site:home.received" sum=(sum fen href="/money")}}`: a message that holds markup (`<b>…</b>`). The message is ours;
 * its values are escaped unless they are markup from another helper.
 */
function rich(key: string, options: HelperOptions): Html {
  const values = Object.entries(options.hash).map(([name, value]) => [name, typeof value === 'number' ? value : escapeValue(value)]);
  return trusted(rootOf(options).t(key, Object.fromEntries(values)));
}

/** `{{yuan fen}}` ¥1,234.50; `format="signed|whole|bare"`. Plain text, also for titles and button words. */
function yuan(fen: number, options: HelperOptions): string {
  return formatSum(fen, (options.hash['format'] as YuanStyle | undefined) ?? 'plain');
}

/** `{{sum fen href="/ledger/…" class="large"}}`: a sum that never breaks; with `href` it opens its parts (dotted underline). */
function sum(fen: number, options: HelperOptions): Html {
  return figure(yuan(fen, options), options);
}

/** `{{figure (t "…") href="…"}}`: any other figure with its unit, kept on one line; with `href` it opens its parts. */
function figure(text: unknown, options: HelperOptions): Html {
  const { href, class: extra } = options.hash;
  const names = ['figure', extra].filter(Boolean).join(' ');
  return href ? html`<a class="${names}"${attribute('href', href)}>${text}</a>` : html`<span class="${names}">${text}</span>`;
}

/** `{{dateText day}}`, `{{dateText day short=true}}`: a day (LocalDate or Date), in short without the year that it is. */
function dateText(day: LocalDate | Date, options: HelperOptions): string {
  const { locale, today } = rootOf(options);
  return formatDay(day, locale, options.hash['short'] === true ? today : undefined);
}

/** The same, kept on one line. */
function date(day: LocalDate | Date, options: HelperOptions): Html {
  return html`<span class="nobreak">${dateText(day, options)}</span>`;
}

/** `{{datetime instant}}`: day and wall clock in Shanghai. */
function datetime(instant: Date, options: HelperOptions): Html {
  return html`<span class="nobreak">${dateText(instant, options)} ${formatTime(instant)}</span>`;
}

/** Words, numbers, sums and dates, in the reader's language. */
export const textHelpers = {
  t,
  rich,
  yuan,
  sum,
  figure,
  date,
  datetime,
  dateText,
  time: (instant: Date) => formatTime(instant),
  month: (month: string, options: HelperOptions) => formatMonth(month, rootOf(options).locale),
  digits: (value: number) => formatNumber(value),
  weekdays: (options: HelperOptions) => rootOf(options).t('ui:weekdays').split(' '),
};
