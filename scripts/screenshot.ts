import { parseArgs } from 'node:util';
import { launchBrowser } from '../tests/support/chromium';

const usage = 'npx tsx scripts/screenshot.ts URL out.png [--width 1440] [--height 900] [--full] [--cookie name=value]…';

/** Takes a picture of a page, for people who want to look at their work. Prints what the page logged and its failed requests. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      width: { type: 'string', default: '1440' },
      height: { type: 'string', default: '900' },
      full: { type: 'boolean', default: false },
      cookie: { type: 'string', multiple: true, default: [] },
    },
  });
  const [url, path] = positionals;
  if (!url || !path) throw new Error(usage);

  const browser = await launchBrowser();
  try {
    const viewport = { width: Number(values.width), height: Number(values.height) };
    const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    await context.addCookies(values.cookie.map((cookie) => asCookie(cookie, url)));
    const page = await context.newPage();
    page.on('console', (message) => console.log(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => console.log(`error: ${error.message}`));
    page.on('requestfailed', (request) => console.log(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`));
    const response = await page.goto(url);
    await page.evaluate('document.fonts.ready');
    await page.screenshot({ path, fullPage: values.full });
    console.log(`${path}: ${response?.status() ?? 'no answer'} ${page.url().slice(0, 200)}`);
  } finally {
    await browser.close();
  }
}

function asCookie(cookie: string, url: string): { name: string; value: string; url: string } {
  const [name = '', ...value] = cookie.split('=');
  return { name, value: value.join('='), url };
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
