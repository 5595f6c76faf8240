import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What people look at our pages on, in CSS pixels. */
export const screens = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  kiosk: { width: 1080, height: 1920 },
  tablet: { width: 800, height: 1280 },
};
export type Screen = keyof typeof screens;

/**
 * What is wrong with the page on these screens: axe's findings, and pixels that stick out to the side. Leaves the first screen's size. In
 * `tests/slow` axe reads it on each of them, in the quick run on the first, which is the one that its reader has.
 */
export async function faultsOf(page: Page, ...on: readonly Screen[]): Promise<string[]> {
  const isDeep = expect.getState().testPath?.includes('/tests/slow/') ?? false;
  return await look(page, on, isDeep ? on : on.slice(0, 1));
}

/** What is wrong with the page on a desk and on a phone, in Chinese and in English. */
export async function allFaultsOf(page: Page): Promise<string[]> {
  return [...(await faultsOf(page, 'desktop', 'phone')), ...(await inEnglish(page, 'desktop', 'phone')).faults];
}

async function look(page: Page, on: readonly Screen[], withAxe: readonly Screen[]): Promise<string[]> {
  const faults: string[] = [];
  const [first] = on;
  for (const screen of [...on].reverse()) {
    await page.setViewportSize(screens[screen]);
    const place = `${new URL(page.url()).pathname} ${await page.getAttribute('html', 'lang')} ${screen}`;
    const tooWide = await pixelsTooWide(page);
    if (tooWide !== 0) faults.push(`${place}: ${tooWide} px too wide`);
    const found = withAxe.includes(screen) ? await axeFinds(page) : [];
    for (const { id, nodes } of found) for (const { html } of nodes) faults.push(`${place}: ${id}: ${html.slice(0, 160)}`);
  }
  if (first) await page.setViewportSize(screens[first]);
  return faults;
}

/** By how much one would have to scroll to the side. */
export async function pixelsTooWide(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

async function axeFinds(page: Page): Promise<axe.Result[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as axe.AxeResults;
  return violations;
}

/** The page in English: its heading, and its width on these screens; axe has read the same parts in Chinese. Leaves the page in Chinese. */
export async function inEnglish(page: Page, ...on: readonly Screen[]): Promise<{ heading: string; faults: string[] }> {
  const { href } = new URL(page.url());
  await page.goto(withLanguage(href, 'en'));
  const heading = ((await page.textContent('h1')) ?? '').trim();
  const faults = await look(page, on, []);
  await page.goto(withLanguage(href, 'zh-CN'));
  return { heading, faults };
}

function withLanguage(href: string, language: string): string {
  const url = new URL(href);
  url.searchParams.set('lang', language);
  return url.href;
}
