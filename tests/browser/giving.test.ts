import { press, signInWithCode, textOf, useCountyBrowser } from './county-browser';
import { faultsOf, inEnglish } from './page-faults';

const { visitor, seated } = useCountyBrowser();

test('everybody sees what came in, and may give when the papers stand', async () => {
  const page = await visitor('desktop');
  await page.goto('/');
  expect(await textOf(page, 'h1')).toMatch(/^今年收到善款 ¥[\d,]+\.\d\d/);
  expect(await textOf(page, '.site-footer')).toContain('0310-555-0123');
  expect(await faultsOf(page, 'desktop', 'phone')).toEqual([]);
  expect((await inEnglish(page, 'desktop', 'phone')).faults).toEqual([]);
  await press(page, '.hero a[href="/give"]', '**/give');
  expect(await faultsOf(page, 'desktop', 'phone')).toEqual([]);
  expect(await inEnglish(page, 'desktop', 'phone')).toEqual({ heading: expect.stringMatching(/\w/), faults: [] });
}, 60_000);

test('a company gives 10,000 yuan by card, sees where its gifts go, and the auditor finds the entry', async () => {
  const page = await seated('donor');
  expect(new URL(page.url()).pathname).toBe('/my/gifts');
  expect(await faultsOf(page, 'desktop', 'phone')).toEqual([]);

  await page.goto('/give');
  expect(await textOf(page, '#give')).toContain('和安县恒通机械有限公司'); // nothing about a registered donor has to be typed
  for (const [typed, shown] of [
    ['１，２３４．５', '¥1,234.50'],
    ['２０００元', '¥2,000.00'],
  ] as const) {
    await page.fill('input[name="otherAmount"]', typed);
    expect(await textOf(page, '#give button.main')).toContain(shown);
  }
  await page.fill('input[name="otherAmount"]', '0');
  await page.click('#give button.main');
  await page.waitForSelector('.error-box');
  await page.fill('input[name="otherAmount"]', '66');
  await page.click('label.choice:has(input[value="card"])');
  await press(page, '#give button.main', /\/pay\//);
  expect(await textOf(page, 'h1')).toBe('¥66.00');
  await page.goBack(); // to think again, after an error before: the form is as it was sent, and the browser asks nothing
  expect(await page.inputValue('input[name="otherAmount"]')).toBe('66');
  expect(await page.isChecked('input[name="method"][value="card"]')).toBe(true);
  expect(await textOf(page, '#give button.main')).toContain('¥66.00');
  await page.fill('input[name="otherAmount"]', '');
  await page.click('label.choice:has-text("¥10,000")');
  await page.click('label.choice:has(input[value="card"])');
  expect(await textOf(page, '#give button.main')).toContain('¥10,000.00');
  expect(await faultsOf(page, 'desktop', 'phone')).toEqual([]);
  await press(page, '#give button.main', /\/pay\//);
  expect(await textOf(page, 'h1')).toBe('¥10,000.00');
  expect(await faultsOf(page, 'desktop', 'phone')).toEqual([]);
  await press(page, 'button[value="pay"]', /\/gifts\/[^/]+\/payment/);

  expect(await textOf(page, 'h1')).toBe('收到了，谢谢您');
  const confirmation = await textOf(page, 'main');
  const [number = 'no gift number'] = /D-\d{4}-\d{6}/.exec(confirmation) ?? [];
  expect(confirmation).toContain('这一页是到账确认，还不是捐赠票据');
  expect(await faultsOf(page, 'desktop', 'phone')).toEqual([]);
  await press(page, 'main a.button.main', /\/gifts\/[^/?]+$/);
  expect(await textOf(page, 'h1')).toBe('您捐的 ¥10,000.00，已用 ¥0.00');
  expect(await textOf(page, 'main')).toContain(number);

  await page.goto('/my/gifts');
  expect(await textOf(page, `tr:has-text("${number}")`)).toContain('¥10,000.00');
  await press(page, `tr:has-text("¥10,000.00"):not(:has-text("${number}")) th a`, /\/my\/gifts\/D-/);
  expect(await page.locator('.thread li.aid').count()).toBeGreaterThan(0); // last year's gift has helped families
  expect(await textOf(page, 'main')).toContain('以上加起来正好 ¥10,000.00，一分不差');
  expect(await textOf(page, '.thread')).not.toMatch(/因病|因学|受灾|意外/); // village, month and sum; never a cause beside it (TR4)
  expect(await faultsOf(page, 'desktop', 'phone')).toEqual([]);
  expect(await inEnglish(page, 'desktop', 'phone')).toEqual({ heading: expect.stringContaining('¥10,000.00'), faults: [] });

  const auditor = await visitor('desktop');
  await signInWithCode(auditor, 'auditor');
  await auditor.goto('/ledger/entries?kind=gift.received');
  expect(await faultsOf(auditor, 'desktop', 'phone')).toEqual([]);
  await press(auditor, `tr:has-text("${number}") a[href^="/ledger/entries/"] >> nth=0`, /\/ledger\/entries\/\d+$/);
  expect(await textOf(auditor, 'main')).toContain(`捐赠 ${number}贷¥10,000.00`); // the account is the gift's own
  expect(await textOf(auditor, 'main')).toContain('¥10,000.00');
  expect(await faultsOf(auditor, 'desktop', 'phone')).toEqual([]);
  expect((await inEnglish(auditor, 'desktop')).faults).toEqual([]);
}, 90_000);
