import type TestAgent from 'supertest/lib/agent';
import { parametersOf, routeOf, type TableRoute } from '../support/route-table';
import { depth } from './attacks';

/** A form as a page shows it. */
export interface ShownForm {
  /** Path it is sent to. */
  action: string;
  fields: Readonly<Record<string, string>>;
}

/** What one seat finds by opening every page that it is shown. */
export interface Found {
  /** Every address of ours that a page named, opened or not. */
  addresses: Set<string>;
  forms: ShownForm[];
  /** What pages would load from, or lead to, on other hosts. */
  foreign: string[];
  /** Pages opened. */
  opened: { address: string; status: number; linkedFrom: string | undefined }[];
}

/** Opens the pages of a list and what they link to, a few of each route, as a curious person would. */
export async function explore(browser: TestAgent, table: readonly TableRoute[], start: readonly string[]): Promise<Found> {
  const found: Found = { addresses: new Set(start), forms: [], foreign: [], opened: [] };
  const linkedFrom = new Map<string, string>();
  const times = new Map<string, number>();
  const waiting = [...start];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const route = routeOf(table, 'GET', address);
    if (route && !isWorthIt(route, times)) continue;
    const answer = await browser.get(address);
    found.opened.push({ address, status: answer.status, linkedFrom: linkedFrom.get(address) });
    const isPage = String(answer.headers['content-type']).startsWith('text/html');
    if (isPage) found.forms.push(...formsIn(answer.text).filter(({ action }) => action.startsWith('/')));
    if (isPage) found.foreign.push(...foreignIn(answer.text));
    const links = isPage ? linksIn(answer.text) : [answer.headers['location'] ?? ''];
    for (const link of links.filter((one) => one.startsWith('/') && !found.addresses.has(one))) {
      found.addresses.add(link);
      linkedFrom.set(link, address);
      waiting.push(link);
    }
  }
  for (const { action } of found.forms) found.addresses.add(action);
  return found;
}

function isWorthIt(route: TableRoute, times: Map<string, number>): boolean {
  const opened = times.get(route.path) ?? 0;
  times.set(route.path, opened + 1);
  return opened < (parametersOf(route.path).length > 0 ? depth.pages : 1);
}

function foreignIn(page: string): string[] {
  return [...page.matchAll(/\s(?:src|srcset|href|action|formaction|data)="((?:https?:)?\/\/[^"]*)"/g)].map(([, address = '']) =>
    plain(address),
  );
}

function linksIn(page: string): string[] {
  const searches = formsOf(page, 'get').map(({ action }) => action);
  const links = [...page.matchAll(/<a\b[^>]*\shref="(\/[^"]*)/g)].map(([, link = '']) => plain(link).split('#')[0] ?? '');
  return [...links, ...searches].filter((link) => !/^\/(?:css|img|js|demo)\//.test(link) && !/[?&](?:lang|text)=/.test(link));
}

const formsIn = (page: string) => formsOf(page, 'post');

function formsOf(page: string, method: 'get' | 'post'): ShownForm[] {
  return [...page.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)]
    .filter(([, attributes = '']) => /method="post"/i.test(attributes) === (method === 'post'))
    .map(([, attributes = '', inside = '']) => ({ action: attributeOf(attributes, 'action') ?? '', fields: fieldsIn(inside) }));
}

/** Names and values as the browser would send them; a field that is still to be filled in has an empty value. */
function fieldsIn(form: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, attributes = ''] of form.matchAll(/<(?:input|textarea)\b([^>]*)>/g)) {
    const name = attributeOf(attributes, 'name');
    const isChoice = /type="(?:radio|checkbox)"/.test(attributes);
    if (name && !(isChoice && fields[name])) fields[name] = attributeOf(attributes, 'value') ?? '';
  }
  for (const [, attributes = '', options = ''] of form.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const name = attributeOf(attributes, 'name');
    const values = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, option = '']) => attributeOf(option, 'value') ?? '');
    if (name) fields[name] = values.find((value) => value !== '') ?? '';
  }
  for (const [, attributes = ''] of form.matchAll(/<button\b([^>]*)>/g)) {
    const name = attributeOf(attributes, 'name');
    if (name && fields[name] === undefined) fields[name] = attributeOf(attributes, 'value') ?? '';
  }
  const { _csrf, ...rest } = fields;
  return rest;
}

function attributeOf(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : plain(value);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#x3D': '=', '#x60': '`' };

function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#x27|#x3D|#x60);/g, (_, name: string) => entities[name] ?? '');
}
