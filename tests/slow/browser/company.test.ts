import { families } from '../../../scripts/sample-county/cast';
import { downloaded, press, textOf, untilShown, useCountyBrowser } from '../../browser/county-browser';
import { useCountyWorker } from '../../browser/county-worker';
import { allFaultsOf, faultsOf } from '../../browser/page-faults';
import { pdfPages } from '../../support/pdf-text';
import { useTemporaryFolder } from '../../support/temporary-folder';

const startWorker = useCountyWorker();
const { county, visitor, seated } = useCountyBrowser();
const folder = useTemporaryFolder();

test('a company gives by card on a phone, finance issues the receipt, and the company takes the paper away', async () => {
  const company = await seated('donor', 'phone');
  await company.goto('/give');
  await company.fill('input[name="otherAmount"]', '1409.50');
  await company.check('input[value="card"]', { force: true });
  await press(company, '#give button.main', /\/pay\//);
  await press(company, 'button[value="pay"]', /\/gifts\/[^/]+\/payment/);
  const [number = 'no gift number'] = /D-\d{4}-\d{6}/.exec(await textOf(company, 'main')) ?? [];

  const finance = await seated('finance');
  await finance.goto('/donations/receipts');
  expect(await allFaultsOf(finance)).toEqual([]);
  await press(finance, `tr:has-text("${number}") button:has-text("开票")`, /\/donations\/receipts\/rct_/);
  const receipt = (await textOf(finance, '.page-header .copy')).trim();
  expect(await allFaultsOf(finance)).toEqual([]);

  await company.goto(`/my/gifts/${number}`);
  await press(company, 'a[href^="/my/receipts/"]', /\/my\/receipts\/rct_/);
  expect(await allFaultsOf(company)).toEqual([]);
  const [paper = ''] = await pdfPages(await downloaded(company, '.page-header a[download]'), folder);
  for (const words of [receipt, '人民币壹仟肆佰零玖元伍角', '1,409.50', '和安县恒通机械有限公司', '91130499MA0DEM013U']) {
    expect(paper).toContain(words);
  }
  await company.goto('/my/receipts');
  expect(await allFaultsOf(company)).toEqual([]);
  await press(company, `a:has-text("${receipt}")`, /\/my\/receipts\/rct_/);
}, 240_000);

test('a company reads where its gift went, and whoever has the link reads the same, without a name', async () => {
  const company = await seated('donor');
  await company.goto('/my/giving');
  expect(await allFaultsOf(company)).toEqual([]);
  await press(company, 'nav.views a[href="/my/gifts"]', '**/my/gifts');
  await press(company, 'tbody tr:last-child th a', /\/my\/gifts\/D-/);
  const uses = await textOf(company, '.thread');
  expect(uses).toMatch(/捐款到账.*20\d\d年\d+月 ?柳树村.*困难家庭补差 全部由这笔出.*¥2,160\.00/); // month, village, share and sum
  expect(await textOf(company, 'main')).toContain('一分不差');
  for (const { head } of families) for (const name of [head, `${head[0]}*`]) expect(await textOf(company, 'main')).not.toContain(name);
  expect(await allFaultsOf(company)).toEqual([]);

  const address = await company.inputValue('main input[readonly]');
  const stranger = await visitor('phone');
  await stranger.goto(address);
  expect(await textOf(stranger, '.thread')).toBe(uses);
  expect(await allFaultsOf(stranger)).toEqual([]);

  await press(company, 'a[href="/my/gifts"]', '**/my/gifts'); // and back to the others
}, 240_000);

test('a company promises money in instalments, pays the first, and reads what is still to come', async () => {
  await startWorker(county); // it issues receipts as well, which an officer did in the test above
  const company = await seated('donor', 'phone');
  await company.goto('/my/pledges');
  expect(await allFaultsOf(company)).toEqual([]);
  await press(company, 'a[href="/my/pledges/new"]', '**/my/pledges/new');
  expect(await allFaultsOf(company)).toEqual([]);
  await company.fill('input[name="total"]', '3000');
  await company.fill('input[name="instalments.0.dueOn"]', '2026-12-10');
  await company.fill('input[name="instalments.0.amount"]', '1000');
  await company.fill('input[name="instalments.1.dueOn"]', '2027-03-10');
  await company.fill('input[name="instalments.1.amount"]', '1900');
  await company.click('main form.form button.main');
  await company.waitForSelector('.error-box');
  expect(await company.inputValue('input[name="instalments.0.dueOn"]')).toBe('2026-12-10'); // what was typed is still there
  expect(await faultsOf(company, 'desktop', 'phone')).toEqual([]);
  await company.fill('input[name="instalments.1.amount"]', '2000');
  await press(company, 'main form.form button.main', /\/my\/pledges\/plg_/);
  const pledge = new URL(company.url()).pathname;
  expect(await textOf(company, '.page-header .chip')).toBe('等首笔');
  expect(await allFaultsOf(company)).toEqual([]);
  await press(company, 'tr:has-text("第 1 期") button', /\/gifts\/g_/);
  const [reference = 'no number'] = /D-\d{4}-\d{6}/.exec(await textOf(company, 'main')) ?? [];
  expect(await textOf(company, 'main')).toMatch(/6200.*¥1,000\.00/);
  expect(await allFaultsOf(company)).toEqual([]);

  const finance = await seated('finance');
  await finance.goto('/donations/pledges');
  expect(await allFaultsOf(finance)).toEqual([]);
  await press(finance, `tr:has-text("¥3,000.00") a`, /\/donations\/pledges\/plg_/);
  expect(await textOf(finance, 'main')).toContain(reference);
  expect(await allFaultsOf(finance)).toEqual([]);
  await finance.goto('/donations/bank-gifts/new');
  expect(await allFaultsOf(finance)).toEqual([]);
  await finance.fill('input[name="bankSerial"]', 'PLEDGE-0001');
  await finance.fill('input[name="amount"]', '1000');
  await finance.fill('input[name="giftNumber"]', reference);
  await finance.click('main form.form button.main');
  await finance.check('input[name="checkedGiver"]'); // whose number it is is shown first
  expect(await textOf(finance, '.error-box')).toContain('恒通机械');
  expect(await faultsOf(finance, 'desktop', 'phone')).toEqual([]);
  await press(finance, 'main form.form button.main', /\/donations\/gifts\/D-/);

  await untilShown(company, pledge, '到了一部分');
  expect(await textOf(company, 'tr:has-text("第 1 期")')).toContain('已到');
  expect(await textOf(company, 'dl.facts')).toMatch(/已到 ?¥1,000\.00.*还没到 ?¥2,000\.00/);
  expect(await allFaultsOf(company)).toEqual([]);
}, 240_000);

test('an owner invites somebody who may only look: every page opens, and none of them offers to give', async () => {
  const owner = await seated('donor', 'phone');
  await owner.goto('/my/people');
  expect(await allFaultsOf(owner)).toEqual([]);
  await owner.fill('input[name="name"]', '沈静');
  await owner.fill('input[name="mobile"]', '13900007301');
  await owner.selectOption('form.ask select[name="role"]', 'donorReader');
  await owner.click('form.ask button.main');
  const link = (await textOf(owner, '.link-shown .copy')).trim();
  expect(await allFaultsOf(owner)).toEqual([]);

  const reader = await visitor('phone');
  await reader.goto(link);
  expect(await allFaultsOf(reader)).toEqual([]);
  for (const field of ['newPassword', 'again']) await reader.fill(`input[name="${field}"]`, 'bright-maple-lantern-31');
  await press(reader, 'form[action="/password"] button.main', '**/password');
  await press(reader, 'main a.button.main', '**/sign-in');
  await reader.fill('input[name="account"]', '13900007301');
  await reader.fill('input[name="password"]', 'bright-maple-lantern-31');
  await press(reader, 'form[action="/sign-in"] button.main', '**/my/giving');
  for (const page of ['/my/giving', '/my/gifts', '/my/statement', '/my/receipts', '/my/monthly', '/my/pledges', '/my/goods-offers']) {
    await reader.goto(page);
    expect([page, await reader.locator('a[href^="/give"], main a[href$="/new"]').count()]).toEqual([page, 0]);
    expect([page, await reader.locator('nav.views.all a').count()]).toEqual([page, 7]);
    expect(await allFaultsOf(reader)).toEqual([]);
  }
  await reader.goto('/my/gifts');
  await press(reader, 'tbody tr:last-child th a', /\/my\/gifts\/D-/);

  await owner.goto('/my/people');
  expect(await textOf(owner, '.card:has-text("沈")')).toMatch(/可以登录/);
}, 240_000);
