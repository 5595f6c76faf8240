import { invariant } from '../../kernel/errors';
import { type HelperOptions, rootOf } from './helper-options';
import { attribute, type Html, html, trusted } from './html';

/** The six families of states. Each has its colour and its shape; the word comes with it. */
export const chipFamilies = ['waiting', 'running', 'done', 'failed', 'check', 'still'] as const;
export type ChipFamily = (typeof chipFamilies)[number];

/** A state as pages show it: a view model holds one of these, `{{chip state.family state.word}}` prints it. */
export interface StateChip {
  family: ChipFamily;
  word: string;
}

/** `{{chip "waiting" (t "states:aidCase.awaitingApproval")}}`: colour, shape and word together. */
function chip(family: ChipFamily, word: string): Html {
  invariant(chipFamilies.includes(family), 'chip.family-exists', { family: String(family) });
  return html`<span class="chip ${family}"><span class="shape" aria-hidden="true"></span>${word}</span>`;
}

/** One part of a strip: a share of the whole, as an integer of any unit, and its tone in `parts.css` (`out-1`, `rest`, `open` …). */
export interface StripPart {
  amount: number;
  tone: string;
}

/** `{{percent 62 100}}`: a share in percent with two decimals: for drawing only, never for money. */
function percent(part: number, whole: number): number {
  return whole > 0 ? Math.floor((part * 10_000) / whole) / 100 : 0;
}

/** `{{wholePercent 5310 8550}}`: a share in whole percent, cut off: 100 means done. For reading. */
function wholePercent(part: number, whole: number): number {
  return Math.floor(percent(part, whole));
}

/** `{{strip parts}}`: a proportional strip. Decoration: the sums stand beside it as text. */
function strip(parts: readonly StripPart[], options: HelperOptions): Html {
  const whole = (options.hash['whole'] as number | undefined) ?? parts.reduce((total, part) => total + part.amount, 0);
  let start = 0;
  const marks = parts.map(({ amount, tone }) => {
    const mark = html`<rect class="tone-${tone}" x="${percent(start, whole)}%" y="0" width="${percent(amount, whole)}%" height="100%" rx="4"/>`;
    start += amount;
    return mark;
  });
  return html`<svg class="strip ${options.hash['class']}" aria-hidden="true" focusable="false">${trusted(marks.join(''))}</svg>`;
}

/** `{{bar 12 40 tone="out-1"}}`: one value of a whole, on a pale track. Decoration: the value stands beside it. */
function bar(value: number, whole: number, options: HelperOptions): Html {
  const tone = options.hash['tone'] ?? 'out-1';
  return html`<svg class="bar" aria-hidden="true" focusable="false"><rect class="tone-track" width="100%" height="100%" rx="3"/><rect class="tone-${tone}" width="${percent(value, whole)}%" height="100%" rx="3"/></svg>`;
}

/** `{{swatch "out-1"}}`: the small square that names a colour of a strip or chart in its legend. */
function swatch(name: string): Html {
  return html`<svg class="tone" aria-hidden="true" focusable="false"><rect class="tone-${name}" width="100%" height="100%" rx="3"/></svg>`;
}

/** The helpers that need the sprite: `{{icon "gift"}}` stands beside a word and is silent; `label="…"` gives it a name of its own. */
export function iconHelper(address: (path: string) => string, names: ReadonlySet<string>) {
  return (name: string, options: HelperOptions): Html => {
    invariant(names.has(name), 'icon.exists', { name: String(name) });
    const label = options.hash['label'];
    const voice = label ? html` role="img"${attribute('aria-label', label)}` : html` aria-hidden="true"`;
    const classes = ['icon', options.hash['class']].filter(Boolean).join(' ');
    return html`<svg class="${classes}"${voice} focusable="false"><use href="${address('/img/icons.svg')}#${name}"/></svg>`;
  };
}

/** `{{link href text}}`: a link as a value, for messages and parts. */
function link(href: string, text: unknown): Html {
  return html`<a href="${href}">${text}</a>`;
}

/** `{{json value}}` inside a `<script type="application/json">`: nothing in it can end the script. */
function json(value: unknown): Html {
  return trusted(JSON.stringify(value ?? null).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

/** `{{url path lang="en"}}`: an address with some query parameters set, or removed when empty. */
function url(path: string, options: HelperOptions): string {
  const [base = '/', query = ''] = String(path ?? rootOf(options).path).split('?');
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(options.hash)) {
    if (value === undefined || value === '') params.delete(name);
    else params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `${base}?${text}` : base;
}

export const markHelpers = { chip, strip, bar, swatch, percent, wholePercent, link, json, url };
