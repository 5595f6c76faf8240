import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { officers } from '../../scripts/sample-county/cast';
import { demoPassword } from '../../scripts/sample-county/found-county';
import { launchBrowser } from '../support/chromium';
import { type CountyApp, useCountyApp } from '../support/county-app';
import { type Screen, screens } from './page-faults';

/** The whole app over the small county, and people before screens of their own. */
export interface CountyBrowser {
  county: CountyApp;
  /** Somebody who comes to the county's pages, with a browser of their own; nobody yet. */
  visitor(screen: Screen): Promise<Page>;
  /** Somebody in a seat of the demonstration, taken with one click on the sign-in page; stands on the seat's first page. */
  seated(seat: string, screen?: Screen): Promise<Page>;
}

/** One browser per test file. After each test no page may have complained: blocked by the policy, not found, thrown. */
export function useCountyBrowser(): CountyBrowser {
  const county = useCountyApp();
  const complaints: string[] = [];
  const contexts: BrowserContext[] = [];
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(() => browser.close());

  const visitor = async (screen: Screen): Promise<Page> => {
    const context = await browser.newContext({
      viewport: screens[screen],
      baseURL: county.url,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      hasTouch: screen !== 'desktop',
    });
    context.setDefaultTimeout(15_000);
    contexts.push(context);
    const page = await context.newPage();
    page.on('console', (message) => isComplaint(message) && complaints.push(`${page.url()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
    return page;
  };
  return {
    county,
    visitor,
    async seated(seat, screen = 'desktop') {
      const page = await visitor(screen);
      await page.goto('/sign-in');
      await page.click(`button[formaction="/demo/seats/${seat}"]`);
      await page.waitForURL((url) => url.pathname !== '/sign-in');
      return page;
    },
  };
}

/** A form that comes back with what is wrong in it (422) is meant to. */
function isComplaint(message: ConsoleMessage): boolean {
  return message.type() === 'error' && !message.text().includes('status of 422');
}

/** What the first of these elements says, spaces made one. */
export async function textOf(page: Page, selector: string): Promise<string> {
  return ((await page.textContent(selector)) ?? '').replace(/\s+/g, ' ').trim();
}

/** Presses a button of a form, or a link, and waits for the page that it leads to. */
export async function press(page: Page, selector: string, leadsTo: string | RegExp): Promise<void> {
  await Promise.all([page.waitForURL(leadsTo), page.click(selector)]);
}

/** The bytes of a file that a link hands out. */
export async function downloaded(page: Page, link: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(link)]);
  return readFileSync(await download.path());
}

/** Asks for a page until the worker has done what it waits for. */
export async function untilShown(page: Page, path: string, text: string): Promise<void> {
  for (;;) {
    await page.goto(path);
    if ((await textOf(page, 'main')).includes(text)) return;
  }
}

/** Signs in with account, password and the six digits that the demonstration shows beside the field. */
export async function signInWithCode(page: Page, key: string): Promise<void> {
  const account = officers.find((officer) => officer.key === key)?.mobile ?? '';
  await page.goto('/sign-in');
  await page.fill('input[name="account"]', account);
  await page.fill('input[name="password"]', demoPassword);
  await press(page, 'form[action="/sign-in"] button.main', '**/sign-in/code');
  const [code = ''] = /\d{6}/.exec(await textOf(page, 'main .note')) ?? [];
  await page.fill('input[name="code"]', code);
  await press(page, 'form[action="/sign-in/code"] button.main', /(?<!\/sign-in\/code)$/);
}
