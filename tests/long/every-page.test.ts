import type { Page } from 'playwright-core';
import { useCountyBrowser } from '../browser/county-browser';
import { faultsOf } from '../browser/page-faults';

// What the three journeys do not pass: one page of each kind that a seat can reach by links, on a desk and on a phone.
const { visitor, seated } = useCountyBrowser();
const seats = ['visitor', 'donor', 'household', 'manager', 'cadre', 'township', 'finance', 'clerk', 'auditor', 'admin'];

test.each(seats)(
  'no page that the %s can reach has a fault',
  async (seat) => {
    const page = seat === 'visitor' ? await visitor('desktop') : await seated(seat);
    const faults: string[] = [];
    const waiting = [seat === 'visitor' ? '/' : new URL(page.url()).pathname];
    const seen = new Set<string>();
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      if (seen.has(shapeOf(path))) continue;
      seen.add(shapeOf(path));
      const status = await statusOf(page, path);
      if (status === 'file') continue;
      if (status !== 200) faults.push(`${path}: ${status}`);
      faults.push(...(await faultsOf(page, 'desktop', 'phone')));
      waiting.push(...(await linksOn(page)));
    }
    expect(faults).toEqual([]);
  },
  300_000,
);

/** Pages of one kind have one shape: ids and numbers do not tell them apart. */
function shapeOf(path: string): string {
  return (path.split('?')[0] ?? '').replace(/\/[^/]*[\d_:][^/]*/g, '/…');
}

/** A link may lead to a file that is saved, not shown. */
async function statusOf(page: Page, path: string): Promise<number | 'file'> {
  const answer = await page.goto(path).catch((error: Error) => {
    if (error.message.includes('Download is starting')) return undefined;
    throw error;
  });
  const isPage = answer?.headers()['content-type']?.startsWith('text/html');
  return answer && isPage ? answer.status() : 'file';
}

/** The description of the API is drawn by Swagger's own pages. */
const isOfOthers = (link: string) => link.startsWith('/api/docs');

async function linksOn(page: Page): Promise<string[]> {
  const found = await page.evaluate<string[]>(
    '[...document.querySelectorAll("a[href^=\\"/\\"]")].map((link) => link.getAttribute("href"))',
  );
  return found.map((link) => link.split('#')[0] ?? '/').filter((link) => !/[?&](?:lang|text)=/.test(link) && !isOfOthers(link));
}
