import { downloaded, press, textOf, useCountyBrowser } from '../../browser/county-browser';
import { allFaultsOf, faultsOf } from '../../browser/page-faults';
import { pdfPages } from '../../support/pdf-text';
import { useTemporaryFolder } from '../../support/temporary-folder';

const { visitor, seated } = useCountyBrowser();
const folder = useTemporaryFolder();

test('a company offers goods on a phone; they are seen, accepted and valued by three people, and it gets a receipt in kind', async () => {
  const company = await seated('donor', 'phone');
  await company.goto('/my/goods-offers');
  expect(await allFaultsOf(company)).toEqual([]);
  await press(company, 'a[href="/goods-offers/new"]', '**/goods-offers/new');
  expect(await allFaultsOf(company)).toEqual([]);
  await company.fill('input[name="lines.0.name"]', '棉被 2 米');
  await company.fill('input[name="lines.0.quantity"]', '3O');
  await company.fill('input[name="lines.0.unit"]', '床');
  await company.click('main form.form button.main');
  await company.waitForSelector('.error-box');
  expect(await company.inputValue('input[name="lines.0.name"]')).toBe('棉被 2 米'); // what was typed is still there
  expect(await faultsOf(company, 'desktop', 'phone')).toEqual([]);
  await company.fill('input[name="lines.0.quantity"]', '30');
  await company.fill('input[name="lines.0.declared"]', '6000');
  await press(company, 'main form.form button.main', /\/goods-offers\/g_/);
  const page = company.url();
  const [number = 'no number'] = /G-\d{4}-\d{6}/.exec(await textOf(company, 'main')) ?? [];
  expect(await textOf(company, '.page-header .chip')).toBe('等验看');
  expect(await allFaultsOf(company)).toEqual([]);

  const inspector = await seated('finance');
  await inspector.goto('/donations/goods-offers');
  expect(await allFaultsOf(inspector)).toEqual([]);
  await press(inspector, `a:has-text("${number}")`, /\/donations\/goods-offers\/gof_/);
  const offer = new URL(inspector.url()).pathname;
  expect(await allFaultsOf(inspector)).toEqual([]);
  await inspector.fill('input[name="lines.0.usable"]', '28');
  await inspector.fill('input[name="lines.0.quality"]', '两床受潮');
  await inspector.click('form[action$="/inspections"] button.main');
  await inspector.waitForSelector('.page-header .chip:has-text("等决定")');

  const manager = await seated('manager');
  await manager.goto(offer);
  expect(await textOf(manager, 'table')).toContain('两床受潮');
  expect(await allFaultsOf(manager)).toEqual([]);
  await manager.click('form[action$="/acceptances"] button.main');
  await manager.waitForSelector('.page-header .chip:has-text("等估价")');

  await inspector.reload();
  expect(await inspector.locator('form[action$="/valuations"]').count()).toBe(0); // who has seen them does not say what they are worth
  const valuer = await seated('financeTwo');
  await valuer.goto(offer);
  expect(await allFaultsOf(valuer)).toEqual([]);
  await valuer.fill('input[name="lines.0.unitPrice"]', '199.90');
  await valuer.fill('input[name="lines.0.evidence"]', '发票 24113001');
  await valuer.click('form[action$="/valuations"] button.main');
  await valuer.waitForSelector('.page-header .chip:has-text("已估价")');
  expect(await textOf(valuer, 'table tfoot')).toContain('¥5,597.20');
  expect(await allFaultsOf(valuer)).toEqual([]);

  await valuer.goto('/donations/receipts');
  await press(valuer, `tr:has-text("${number}") button:has-text("开票")`, /\/donations\/receipts\/rct_/);
  expect(await allFaultsOf(valuer)).toEqual([]);

  const stranger = await visitor('phone'); // whoever has the link reads how it stands
  await stranger.goto(page);
  expect(await textOf(stranger, 'main')).toContain('¥5,597.20');
  expect(await allFaultsOf(stranger)).toEqual([]);
  await press(stranger, 'main a.button.main', /\/gifts\/g_/);
  expect(await allFaultsOf(stranger)).toEqual([]);

  await company.goto(`/my/gifts/${number}`);
  expect(await allFaultsOf(company)).toEqual([]);
  await press(company, 'a[href^="/my/receipts/"]', /\/my\/receipts\/rct_/);
  const [paper = ''] = await pdfPages(await downloaded(company, '.page-header a[download]'), folder);
  for (const words of ['棉被 2 米', '28', '伍仟伍佰玖拾柒元贰角', '5,597.20', '和安县恒通机械有限公司']) expect(paper).toContain(words);
}, 240_000);
