import type { Page } from 'playwright-core';
import { runCases } from '../../scripts/sample-county/aid-cases';
import { planOf } from '../../scripts/sample-county/play-year';
import type { AidCase } from '../../server/aid';
import { downloaded, press, signInWithCode, textOf, untilShown, useCountyBrowser } from './county-browser';
import { useCountyWorker } from './county-worker';
import { faultsOf, inEnglish, screens } from './page-faults';

const startWorker = useCountyWorker();
const { county, visitor, seated } = useCountyBrowser();
let zhang = '';
let large: AidCase;

beforeAll(async () => {
  const { stage, families } = { stage: county.stage, families: county.county.families };
  large = (await runCases(stage, [planOf(families, 'ouyang', 'accident', 4_300, 'reviewed')])).get('ouyang') as AidCase;
  await startWorker(county);
}, 60_000);

test('a manager decides from the queue, a large sum is signed by two, and each can read how it came about', async () => {
  const manager = await visitor('desktop');
  await manager.goto('/sign-in');
  expect(await faultsOf(manager, 'desktop', 'phone')).toEqual([]);
  await signInWithCode(manager, 'manager-1');
  await manager.goto('/aid/cases');
  expect(await faultsOf(manager, 'desktop', 'phone')).toEqual([]);
  expect((await inEnglish(manager, 'desktop', 'phone')).faults).toEqual([]);
  await press(manager, 'tr:has-text("张*明") td.at-who a', /\/aid\/cases\/aid_/);
  zhang = new URL(manager.url()).pathname;
  expect(await textOf(manager, 'h1')).toContain('¥2,050.00');
  for (const step of ['提出申请', '入户核实', '村评议通过', '张贴公示']) expect(await textOf(manager, '#steps')).toContain(step);
  expect(await faultsOf(manager, 'desktop', 'phone')).toEqual([]);
  expect((await inEnglish(manager, 'desktop', 'phone')).faults).toEqual([]);
  await approve(manager);
  expect(await textOf(manager, '.page-header .chip')).toBe('已批待付');
  expect(await faultsOf(manager, 'desktop', 'phone')).toEqual([]);

  await manager.goto(`/aid/cases/${large._id}`);
  await approve(manager);
  expect(await manager.locator('form.decision').count()).toBe(0); // nobody signs twice
  expect(await textOf(manager, 'main')).toContain('您经手过这一件前面的步骤');
  const second = await seated('managerTwo');
  await second.goto(`/aid/cases/${large._id}`);
  await approve(second);
  expect(await textOf(second, '.page-header .chip')).toBe('已批待付');
}, 90_000);

test('three finance officers pay in one batch, the bank returns a line, and the family reads it on its phone', async () => {
  const finance = await seated('finance');
  expect(new URL(finance.url()).pathname).toBe('/payments/batches');
  await finance.setViewportSize(screens.phone); // a batch is made on a phone as well
  for (const one of ['张*明', large.number]) await finance.check(`tr:has-text("${one}") input[data-tick]`);
  expect(await textOf(finance, '[data-batch-text]')).toContain('¥6,350.00');
  expect(await faultsOf(finance, 'desktop', 'phone')).toEqual([]);
  await press(finance, '[data-batch-bar] button.main', /\/payments\/batches\/bat_/);
  const batch = new URL(finance.url()).pathname;
  const number = (await textOf(finance, '.page-header .copy')).trim();
  expect(await finance.locator('form[action$="/signatures"]').count()).toBe(0); // who makes it does not sign it

  for (const seat of ['financeTwo', 'financeThree']) {
    const signer = await seated(seat);
    await signer.goto(batch);
    expect(await faultsOf(signer, 'desktop', 'phone')).toEqual([]);
    await signWithCode(signer, 'form[action$="/signatures"]');
  }

  await finance.reload();
  await finance.click('form[action$="/exports"] button');
  await finance.waitForSelector('a[href$="/file"]');
  expect((await downloaded(finance, 'a[href$="/file"]')).toString('utf8')).toContain(`H|${number}|`);
  expect(await faultsOf(finance, 'desktop', 'phone')).toEqual([]);
  const result = await downloaded(finance, 'a[href$="/practice-results/oneReturned"]');
  await finance.setInputFiles('input[type="file"]', { name: 'result.txt', mimeType: 'text/plain', buffer: result });
  await press(finance, 'form[action="/payments/results"] button', /#results$/);
  expect(await textOf(finance, '#results')).toMatch(/退票1 行 ¥2,050.00.*户名不符/);
  expect(await faultsOf(finance, 'desktop', 'phone')).toEqual([]);
  expect((await inEnglish(finance, 'desktop')).faults).toEqual([]);

  const household = await seated('household', 'phone');
  await untilShown(household, '/my/aid', '银行把钱退回来了');
  expect(await textOf(household, 'main')).toContain('¥2,050.00');
  expect(await faultsOf(household, 'phone', 'desktop')).toEqual([]);
  expect((await inEnglish(household, 'phone')).faults).toEqual([]);

  const auditor = await visitor('desktop');
  await signInWithCode(auditor, 'auditor');
  await untilShown(auditor, `/aid/cases/${large._id}`, '已到账');
  await auditor.goto(zhang);
  expect(await textOf(auditor, '#steps')).toContain('银行退票');
  expect(await faultsOf(auditor, 'desktop', 'phone')).toEqual([]);
  const [caseNumber] = /A-\d{4}-\d{6}/.exec(await textOf(auditor, 'main')) ?? [];
  for (const kind of ['aid.reserved', 'payment.sent', 'payment.returned']) {
    await auditor.goto(`/ledger/entries?kind=${kind}`);
    expect(await auditor.locator(`tr:has-text("${caseNumber}")`).count()).toBe(1);
  }
  await press(auditor, `tr:has-text("${caseNumber}") a[href^="/ledger/entries/"] >> nth=0`, /\/ledger\/entries\/\d+$/);
  expect(await textOf(auditor, 'main')).toContain('¥2,050.00');
}, 120_000);

/** Signs the case that is open. */
async function approve(page: Page): Promise<void> {
  expect(await page.locator('input[name="meetingMinutes"]').count()).toBe(0); // no sum here asks for a meeting
  await signWithCode(page, 'form.decision');
}

const dialogsLookedAt = new Set<string>();

/** Types the code that the demonstration shows beside the field, and confirms in the dialog. */
async function signWithCode(page: Page, form: string): Promise<void> {
  county.stage.clock.advance(60_000); // each code works once
  await page.reload();
  const [code = ''] = /\d{6}/.exec(await textOf(page, `${form} .note`)) ?? [];
  await page.fill(`${form} input[name="code"]`, code);
  await page.click(`${form} button[data-opens]`);
  if (!dialogsLookedAt.has(form)) expect(await faultsOf(page, 'desktop', 'phone')).toEqual([]);
  dialogsLookedAt.add(form);
  await page.click('dialog[open] button.main');
  await page.waitForSelector(form, { state: 'detached' });
}
