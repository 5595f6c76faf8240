// usage: npx tsx /tmp/shot.ts BASE seat path out [width] [height] [full]
import { launchBrowser } from '/work/main/tests/support/chromium';

(async () => {
  const [base, seat, path, out, w = '1440', h = '900', full = 'full'] = process.argv.slice(2) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: Number(w), height: Number(h) } });
  page.on('console', (m) => {
    if (m.type() === 'error') console.log('console:', m.text());
  });
  if (seat !== '-') {
    await page.goto(`${base}/sign-in`);
    await page.locator(`form[action="/demo/seats/${seat}"] button`).first().click();
    await page.waitForLoadState();
  }
  const r = await page.goto(`${base}${path}`);
  console.log(r?.status(), page.url());
  await page.screenshot({ path: out, fullPage: full === 'full' });
  await browser.close();
})();
