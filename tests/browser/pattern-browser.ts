import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { patternBook } from '../../scripts/pattern-book';
import { launchBrowser } from '../support/chromium';
import { type Screen, screens } from './page-faults';

/** The pattern book before a browser. */
export interface PatternBrowser {
  browser(): Browser;
  address(): string;
  /** Opens a page; `complaints` gathers what the browser says against it: blocked by the policy, not found, thrown. */
  open(path: string, size: Screen): Promise<{ page: Page; complaints: string[] }>;
}

/** One browser and one server per test file. */
export function usePatternBrowser(): PatternBrowser {
  let browser: Browser;
  let server: Server;
  beforeAll(async () => {
    server = (await patternBook()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await new Promise((closed) => server.close(closed));
  });
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    browser: () => browser,
    address,
    async open(path, size) {
      const context = await browser.newContext({ viewport: screens[size], permissions: ['clipboard-read', 'clipboard-write'] });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${address()}/${path}`);
      return { page, complaints };
    },
  };
}
