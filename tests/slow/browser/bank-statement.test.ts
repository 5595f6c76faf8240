import type { Page } from 'playwright-core';
import { openGift } from '../../../server/donations';
import { giveInput } from '../../../server/donations/give.inputs';
import { press, textOf, useCountyBrowser } from '../../browser/county-browser';
import { useCountyWorker } from '../../browser/county-worker';
import { faultsOf, inEnglish } from '../../browser/page-faults';

const startWorker = useCountyWorker();
const { county, seated } = useCountyBrowser();

beforeAll(() => startWorker(county), 60_000);

test('a cashier imports a statement, clears the queue, and two people close the day with one break', async () => {
  const announced = await openGift(
    county.ctx,
    giveInput.parse({ requestKey: 'by-transfer', amount: '700.00', giver: 'anonymous', method: 'transfer' }),
  );
  const rows = [
    '交易日期,交易流水号,收入金额,支出金额,对方户名,对方账号,附言',
    `2026-11-22,WEB00001,700.00,,和安县某公司,,捐款${announced.number}`,
    '2026-11-22,WEB00002,900.00,,和安县总工会,,工会捐款',
    '2026-11-22,WEB00003,,15.00,和安农商银行,,账户管理费',
    '2026-11-22,WEB00004,,8.00,和安农商银行,,回单费',
    '2026-11-22,坏号,1.00,,,,',
  ];
  const cashier = await seated('finance');
  await cashier.goto('/reconciliation/statements');
  await cashier.setInputFiles('input[type="file"]', { name: '流水.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
  await press(cashier, 'form[action="/reconciliation/statements"] button.main', /\/reconciliation\/statements\/stm_/);
  expect(await textOf(cashier, 'main')).toMatch(/流水号读不懂.*新的行4/);
  expect(await faultsOf(cashier, 'desktop', 'phone')).toEqual([]);
  expect((await inEnglish(cashier, 'desktop', 'phone')).faults).toEqual([]);
  await cashier.click('form[action$="/imports"] button.main');
  await cashier.waitForSelector('text=导入以后'); // the page looks by itself how far the job is
  expect(await faultsOf(cashier, 'desktop', 'phone')).toEqual([]);

  await cashier.goto('/reconciliation/lines');
  for (const serial of ['WEB00002', 'WEB00003', 'WEB00004']) expect(await textOf(cashier, 'main')).toContain(serial);
  expect(await textOf(cashier, 'main')).not.toContain('WEB00001'); // it bore our number
  expect(await faultsOf(cashier, 'desktop', 'phone')).toEqual([]);
  expect((await inEnglish(cashier, 'desktop')).faults).toEqual([]);
  await press(cashier, 'tr:has-text("WEB00002") td.at-who a', /\/reconciliation\/lines\/bsl_/);
  expect(await faultsOf(cashier, 'desktop', 'phone')).toEqual([]);
  expect((await inEnglish(cashier, 'desktop')).faults).toEqual([]);
  await cashier.selectOption('select[name="donorKind"]', 'tradeUnion');
  await cashier.fill('input[name="creditCode"]', '81130499MC0001015Q');
  await cashier.click('form[action$="/gifts"] button.main');
  await cashier.waitForSelector('.page-header .chip:has-text("已对上")');
  expect(await faultsOf(cashier, 'desktop', 'phone')).toEqual([]);
  await cashier.goto('/reconciliation/lines');
  await press(cashier, 'tr:has-text("WEB00003") td.at-who a', /\/reconciliation\/lines\/bsl_/);
  await cashier.fill('textarea[name="reason"]', '银行收的费，另外记账');
  await cashier.click('form[action$="/ignores"] button');
  await cashier.waitForSelector('.page-header .chip:has-text("已搁置")');

  await cashier.goto('/reconciliation/days/2026-11-22');
  expect(await textOf(cashier, 'main')).toMatch(/还有 1 处差异.*银行有，账上没有.*¥8\.00|银行有，账上没有.*−¥8\.00/);
  expect(await faultsOf(cashier, 'desktop', 'phone')).toEqual([]);
  expect((await inEnglish(cashier, 'desktop', 'phone')).faults).toEqual([]);
  await sign(cashier, '等第二人签字');
  const second = await seated('financeTwo');
  await second.goto('/reconciliation/days/2026-11-22');
  await sign(second, '已结');
  expect(await faultsOf(second, 'desktop', 'phone')).toEqual([]);
  await second.goto('/reconciliation/days');
  expect(await textOf(second, 'main table')).toContain('已结');
  expect(await faultsOf(second, 'desktop', 'phone')).toEqual([]);
}, 120_000);

/** Types the code that the demonstration shows beside the field, and confirms in the dialog. */
async function sign(page: Page, becomes: string): Promise<void> {
  county.stage.clock.advance(60_000); // each code works once
  await page.reload();
  const [code = ''] = /\d{6}/.exec(await textOf(page, 'form[action$="/signatures"] .note')) ?? [];
  await page.fill('input[name="code"]', code);
  await page.click('button[data-opens="confirm-close"]');
  await page.click('dialog[open] button.main');
  await page.waitForSelector(`.page-header .chip:has-text("${becomes}")`);
}
