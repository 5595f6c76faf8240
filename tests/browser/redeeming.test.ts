import type { Page } from 'playwright-core';
import { localDate } from '../../server/kernel/local-date';
import { confirmDeed, recordDeed } from '../../server/points';
import { press, signInWithCode, textOf, useCountyBrowser } from './county-browser';
import { faultsOf, inEnglish } from './page-faults';

const { county, visitor, seated } = useCountyBrowser();
const deed = '照顾老人'; // 15 points
const screens = ['kiosk', 'tablet'] as const;

test('a cadre records a deed on the phone, the township confirms it, the household sees its points', async () => {
  const household = await seated('household', 'phone');
  expect(new URL(household.url()).pathname).toBe('/my/points');
  const before = await pointsOf(household);

  const cadre = await seated('cadre', 'phone');
  expect(await faultsOf(cadre, 'phone', 'desktop')).toEqual([]);
  await cadre.fill('input[name="q"]', '张');
  await press(cadre, 'form[role="search"] button', /q=/);
  await press(cadre, 'main .ruled li:has-text("张*明") a', /household=hh_/);
  expect((await inEnglish(cadre, 'phone')).faults).toEqual([]);
  await cadre.click(`label.choice:has-text("${deed}")`);
  expect(await faultsOf(cadre, 'phone', 'desktop')).toEqual([]);
  await press(cadre, 'button[form="deed"]', /recorded=/);
  expect(await textOf(cadre, 'main .note')).toContain(deed);

  const township = await seated('township');
  await township.goto('/deeds');
  expect(await faultsOf(township, 'desktop', 'phone')).toEqual([]);
  await press(township, `tr:has-text("张*明"):has-text("${deed}") a`, /\/deeds\/ded_/);
  expect(await faultsOf(township, 'desktop', 'phone')).toEqual([]);
  await township.click('form[action$="/confirmations"] button');
  await township.waitForSelector('main :text("积分到账")');

  await household.reload();
  expect(await pointsOf(household)).toBe(before + 15);
  expect(await textOf(household, `.ruled li:has-text("${deed}")`)).toContain('+15 分');
  expect(await faultsOf(household, 'phone', 'desktop')).toEqual([]);
  expect((await inEnglish(household, 'phone')).faults).toEqual([]);
  await press(household, 'a[href="/my/points/code"]', '**/my/points/code');
  expect(await faultsOf(household, 'phone')).toEqual([]);
}, 90_000);

test('a household exchanges points for rice and soap at the kiosk, once, and nothing of it stays on the screen', async () => {
  await awardToZhang();
  const kiosk = await visitor('kiosk');
  await kiosk.goto('/kiosk');
  await press(kiosk, 'button:has-text("河湾村")', /\/kiosk$/);
  expect(await faultsOf(kiosk, ...screens)).toEqual([]);
  expect((await inEnglish(kiosk, ...screens)).faults).toEqual([]);

  await press(kiosk, '.demo-cards button:has-text("张*明")', '**/kiosk/me');
  expect(await faultsOf(kiosk, ...screens)).toEqual([]);
  await press(kiosk, 'form[action="/kiosk/me"] button', '**/kiosk/goods');
  const had = Number(await textOf(kiosk, '.kiosk-person.upright .points b'));
  for (const name of ['大米', '香皂']) {
    await kiosk.click(`${good(name)} button[name="more"]`);
    await kiosk.waitForSelector(`${good(name)}.chosen`);
  }
  expect(await textOf(kiosk, good('食用油'))).toContain(`还差 ${60 - (had - 34)} 分`);
  expect(await faultsOf(kiosk, ...screens)).toEqual([]);
  expect((await inEnglish(kiosk, ...screens)).faults).toEqual([]);
  await press(kiosk, 'a[href="/kiosk/confirmation"]:visible', '**/kiosk/confirmation');
  expect(await textOf(kiosk, '.equation')).toBe(`现在有${had}−这次用34=还剩${had - 34}`);
  expect(await faultsOf(kiosk, ...screens)).toEqual([]);

  await kiosk.goto('/kiosk/pin');
  const shown = /\d{4}/.exec(await textOf(kiosk, '.kiosk-note.hint'))?.[0];
  for (let digits = 0; digits < 4; digits += 1) await kiosk.click(`[data-digit="${shown === '0000' ? 1 : 0}"]`);
  await kiosk.waitForSelector('.kiosk-note.wrong');
  const wayOut = await kiosk.locator('a[href^="/kiosk/help?"]').boundingBox();
  const bar = await kiosk.locator('.kiosk-bar').boundingBox();
  expect((wayOut?.y ?? 0) + (wayOut?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  await kiosk.goto('/kiosk/confirmation');

  await Promise.all([kiosk.waitForURL('**/kiosk/slip'), kiosk.dblclick('form[action="/kiosk/redemptions"] button')]);
  const slip = await textOf(kiosk, '.slip');
  const [number = 'no slip number'] = /S\d+-\d{6}/.exec(slip) ?? [];
  expect(slip).toMatch(/大米 5 公斤× 1香皂 1 块× 1/);
  expect(await faultsOf(kiosk, ...screens)).toEqual([]);
  await press(kiosk, 'form[data-leave] button', /\/kiosk$/);
  await kiosk.goBack();
  await kiosk.waitForURL(/\/kiosk$/);
  expect(await textOf(kiosk, 'main')).not.toContain(number);
  expect(await textOf(kiosk, 'h1')).toBe('请刷卡');

  const auditor = await visitor('desktop');
  await signInWithCode(auditor, 'auditor');
  await auditor.goto('/ledger/entries?kind=goods.redeemed');
  const slips = await auditor.locator('tbody tr td:nth-child(4)').allTextContents();
  expect(slips.filter((text) => text.includes(number))).toHaveLength(1);
  expect(slips[0]).toContain(number); // the second tap of the finger made no other
  await press(auditor, `tr:has-text("${number}") a[href^="/ledger/entries/"] >> nth=0`, /\/ledger\/entries\/\d+$/);
  for (const moved of ['34 分', '大米', '香皂', '¥33.10']) expect(await textOf(auditor, 'main')).toContain(moved);
  expect(await faultsOf(auditor, 'desktop', 'phone')).toEqual([]);
}, 90_000);

const good = (name: string) => `.good:has(b:text-is("${name}"))`;

async function pointsOf(page: Page): Promise<number> {
  return Number.parseInt(await textOf(page, '.big-number'), 10);
}

/** Points enough for rice and soap, and too few for oil beside them. */
async function awardToZhang(): Promise<void> {
  const { stage } = county;
  const household = county.county.families.find(({ key }) => key === 'zhang')?.id ?? '';
  for (const { id: rule } of county.county.rules.filter(({ score }) => score === 20 || score === 12)) {
    const recorded = await recordDeed(stage.as('cadre-hewan'), {
      requestKey: stage.key('deed'),
      household,
      rule,
      day: localDate('2026-11-17'),
      activity: undefined,
      words: '',
    });
    await confirmDeed(stage.as('township-qinghe'), { id: recorded._id });
  }
}
