import type { Locale } from '../../../kernel/context';
import { fen } from '../../../kernel/money';
import { formatYuan } from '../../../kernel/money-text';
import { formatNumber } from '../../views/format';
import { type Html, html, trusted } from '../../views/html';
import type { SessionRecord, SubscriptionRecord } from '../practice-state';
import type { PaymentMethodType } from '../wire-objects';
import type { Words } from './words';

/** What the payer is told above the form. */
export type Notice = 'declined' | 'choose';

export interface PageParts {
  words: Words;
  locale: Locale;
}

/** The pay page of an open session: the sum first, one main button that says it, the practice outcomes apart. */
export function payPage({ words, locale }: PageParts, { session, lineItems }: SessionRecord, notice: Notice | null): Html {
  const sum = money(session.amount_total, session.currency);
  const action = `/pay/${session.id}?lang=${locale}`;
  const body = html`
    <p class="for">${lineItems.map(({ description }) => description).join(' · ')}</p>
    <h1>${sum}</h1>
    ${session.mode === 'subscription' && html`<p>${words('eachMonth')}</p>`}
    <p class="quiet">${words('lead')}</p>
    ${notice && html`<div class="error" role="alert" id="notice"><h2>${words(`${notice}Title`)}</h2><p>${words(`${notice}Text`)}</p></div>`}
    <div class="columns">
      <form method="post" action="${action}" class="sheet">
        <fieldset>
          <legend>${words('methods')}</legend>
          <div class="choices">${joined(session.payment_method_types.map((method, index) => methodCard(words, method, index === 0)))}</div>
        </fieldset>
        <div class="go">
          <button class="main" name="outcome" value="pay">${words('pay', { sum })}</button>
          <p class="quiet">${words('payHint')}</p>
        </div>
        ${session.cancel_url && html`<p><a class="back" href="${session.cancel_url}">${words('cancel')}</a></p>`}
        <section class="rehearse" aria-labelledby="rehearse">
          <h2 id="rehearse">${words('rehearse')}</h2>
          <p class="quiet">${words('rehearseHint')}</p>
          <div class="buttons">
            <button name="outcome" value="decline">${words('decline')}</button>
            ${session.mode === 'payment' && html`<button name="outcome" value="delay">${words('delay')}</button>`}
            <button name="outcome" value="expire">${words('expire')}</button>
          </div>
        </section>
      </form>
      <aside class="card">
        <h2>${words('summary')}</h2>
        <dl>
          ${joined(lineItems.map((item) => html`<div><dt>${item.description}</dt><dd>${money(item.amount_total, item.currency)}</dd></div>`))}
          <div class="total"><dt>${words('total')}</dt><dd>${sum}</dd></div>
        </dl>
        ${session.client_reference_id && html`<p class="quiet">${words('reference', { number: session.client_reference_id })}</p>`}
      </aside>
    </div>`;
  return frame({ words, locale }, words('payTitle', { sum }), body, `/pay/${session.id}`);
}

/** What may happen to a monthly payment later, to be let happen now: a month passes, the card is refused, it is tried again. */
export function monthsPage(
  parts: PageParts,
  { session }: SessionRecord,
  { subscription, cardFails }: SubscriptionRecord,
  way: string,
): Html {
  const { words, locale } = parts;
  const [item] = subscription.items.data;
  const state = subscription.status === 'active' && subscription.pause_collection ? 'paused' : subscription.status;
  const body = html`
    <h1 class="sentence">${words(`months_${state}`)}</h1>
    <p>${words('monthsText', { sum: money(item.price.unit_amount, item.price.currency) })}</p>
    ${
      subscription.status !== 'canceled' &&
      html`<form method="post" action="/pay/${session.id}/months?lang=${locale}" class="sheet"><section class="rehearse" aria-labelledby="rehearse">
        <h2 id="rehearse">${words('monthsRehearse')}</h2>
        <p class="quiet">${words(cardFails ? 'cardIsRefused' : 'cardIsGood')}</p>
        <div class="buttons">
          <button name="happening" value="month">${words('month')}</button>
          ${subscription.status === 'past_due' && html`<button name="happening" value="retry">${words('retry')}</button>`}
          <button name="happening" value="${cardFails ? 'mend' : 'refuse'}">${words(cardFails ? 'mendCard' : 'refuseCard')}</button>
        </div>
      </section></form>`
    }
    <p><a class="main" href="${way}">${words('monthsWay')}</a></p>`;
  return frame(parts, words(`months_${state}`), body, `/pay/${session.id}`);
}

/** A page with one sentence and the way on: already paid, expired, no such page. */
export function messagePage(parts: PageParts, message: 'paid' | 'expired' | 'unknown', way: string | null, path: string): Html {
  const { words } = parts;
  const body = html`
    <h1 class="sentence">${words(`${message}Title`)}</h1>
    <p>${words(`${message}Text`)}</p>
    ${way && html`<p><a class="main" href="${way}">${words(`${message}Way`)}</a></p>`}`;
  return frame(parts, words(`${message}Title`), body, path);
}

function methodCard(words: Words, method: PaymentMethodType, checked: boolean): Html {
  return html`<label class="choice">
    <input type="radio" name="method" value="${method}" required${checked ? html` checked` : null}>
    <span><b>${words(method)}</b><small>${words(`${method}Hint`)}</small></span>
  </label>`;
}

function frame({ words, locale }: PageParts, title: string, body: Html, path: string): Html {
  const other = locale === 'en' ? { code: 'zh-CN', name: '中文' } : { code: 'en', name: 'English' };
  return html`<!doctype html>
<html lang="${locale}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <title>${title} · ${words('brand')}</title>
  <link rel="stylesheet" href="/pay.css">
</head>
<body>
  <header><p class="strip">${words('strip')}</p><div><b>${words('brand')}</b><a href="${path}?lang=${other.code}" lang="${other.code}" hreflang="${other.code}">${other.name}</a></div></header>
  <main>${body}</main>
  <footer><div>${words('footer')}</div></footer>
</body>
</html>`;
}

/** A sum as the payer reads it; another currency than ours stands by its code, in its smallest unit. */
function money(smallest: number, currency: string): string {
  return currency === 'cny' ? formatYuan(fen(smallest)) : `${formatNumber(smallest)} ${currency.toUpperCase()}`;
}

function joined(parts: readonly Html[]): Html {
  return trusted(parts.join(''));
}
