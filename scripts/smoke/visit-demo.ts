import type { Browser, Page } from 'playwright-core';
import { officers } from '../sample-county/cast';
import { demoPassword } from '../sample-county/found-county';

const desktop = { width: 1440, height: 900 };
const kioskScreen = { width: 1080, height: 1920 };

/** Takes the household's seat with one click, as the sign-in page offers it, and reads the points that its page names. */
export function sitDownAsHousehold(browser: Browser, url: string): Promise<string> {
  return visiting(browser, desktop, async (page) => {
    await page.goto(`${url}/sign-in`);
    await page.click('button[formaction="/demo/seats/household"]');
    await page.waitForURL('**/my/points');
    return textOf(page, '.big-number');
  });
}

/** Redeems one thing at the first kiosk with the sample card that has most points, and gives the slip's number. */
export function redeemOnce(browser: Browser, url: string): Promise<string> {
  return visiting(browser, kioskScreen, async (page) => {
    await page.goto(`${url}/kiosk`);
    await page.click('form[action^="/kiosk/demo-pairings/"] button');
    const points = (await page.locator('.demo-cards button small').allInnerTexts()).map((text) => Number.parseInt(text, 10));
    await page.click(`.demo-cards button >> nth=${points.indexOf(Math.max(...points))}`);
    await page.click('form[action="/kiosk/me"] button');
    await page.click('.shelf button[name="more"]:not([disabled])');
    await page.click('a[href="/kiosk/confirmation"]:visible');
    await page.click('form[action="/kiosk/redemptions"] button');
    await page.waitForURL('**/kiosk/slip');
    const slip = await textOf(page, '.slip');
    const [number] = /S\d+-\d+/.exec(slip) ?? [];
    if (!number) throw new Error(`the slip has no number: ${slip}`);
    return number;
  });
}

/** Signs in with account, password and the six digits that the demonstration shows, opens the entry of a slip, and gives what its page says. */
export function entryOfSlip(browser: Browser, url: string, slip: string): Promise<{ heading: string; text: string }> {
  return visiting(browser, desktop, async (page) => {
    await signInWithCode(page, url, 'auditor');
    await page.goto(`${url}/ledger/entries`);
    await page.click(`tbody tr:has-text("${slip}") a[href^="/ledger/entries/"] >> nth=0`);
    await page.waitForURL('**/ledger/entries/*');
    return { heading: await textOf(page, 'h1'), text: await textOf(page, 'main') };
  });
}

async function signInWithCode(page: Page, url: string, key: string): Promise<void> {
  const account = officers.find((officer) => officer.key === key)?.mobile ?? '';
  await page.goto(`${url}/sign-in`);
  await page.fill('input[name="account"]', account);
  await page.fill('input[name="password"]', demoPassword);
  await page.click('form[action="/sign-in"] button.main');
  await page.waitForURL('**/sign-in/code');
  const [code = ''] = /\d{6}/.exec(await textOf(page, 'main .note')) ?? [];
  await page.fill('input[name="code"]', code);
  await page.click('form[action="/sign-in/code"] button.main');
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

async function textOf(page: Page, selector: string): Promise<string> {
  return ((await page.textContent(selector)) ?? '').replace(/\s+/g, ' ').trim();
}

async function visiting<T>(browser: Browser, viewport: { width: number; height: number }, visit: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}
