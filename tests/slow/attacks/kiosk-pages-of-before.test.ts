import type { Express } from 'express';
import { blockCard, issueCard } from '../../../server/households';
import { cardReference } from '../../../server/households/card-number';
import { issueCardInput } from '../../../server/households/households.inputs';
import { findPointsOf } from '../../../server/points';
import { Browser, hidden, journeyApp, kioskCookie } from '../../kiosk/kiosk-app';
import { award, clock, household, requestKey, system, township, usePointsCounty } from '../../points/points-county';
import { deliver, product, shopWithClerk } from '../../supermarket/shop-county';
import { useTestRedis } from '../../support/test-database';

usePointsCounty();
const redis = useTestRedis();
let app: Express;
let cookie: string;
let rice: string;

beforeAll(async () => {
  app = await journeyApp(redis, {});
  const { shop, clerk } = await shopWithClerk();
  cookie = await kioskCookie(shop);
  rice = await product('大米', 30, 'rice');
  await deliver(clerk, shop, rice, 20);
});

const shown = (html: string) => ({ basket: hidden(html, 'basket'), requestKey: hidden(html, 'requestKey') });
async function choosing(browser: Browser, name: string) {
  const one = await household(name);
  await award(one.household, 60);
  await browser.get('/kiosk');
  await browser.post('/kiosk/visits', { card: one.card });
  await browser.post('/kiosk/me');
  return one;
}

test('a confirmation page of whoever was here before redeems nothing for the next family', async () => {
  const browser = new Browser(app, { cookie });
  await choosing(browser, '张小明');
  await browser.post('/kiosk/basket', { more: rice });
  const before = shown((await browser.get('/kiosk/confirmation')).text);
  await browser.post('/kiosk/exits');
  const next = await choosing(browser, '李大山');
  await browser.post('/kiosk/redemptions', before);
  await browser.post('/kiosk/pin', { ...before, pin: next.pin });
  expect((await findPointsOf(system, next.household)).balance).toBe(60);
});

test('a basket that was changed in another tab is shown again, not redeemed as it was', async () => {
  const browser = new Browser(app, { cookie });
  const one = await choosing(browser, '王秀英');
  await browser.post('/kiosk/basket', { more: rice });
  const before = shown((await browser.get('/kiosk/confirmation')).text);
  await browser.post('/kiosk/basket', { more: rice });
  const answer = await browser.post('/kiosk/redemptions', before);
  expect(answer.text).toContain('requestKey');
  expect((await findPointsOf(system, one.household)).balance).toBe(60);
});

test('a card that is blocked while somebody stands at the kiosk with it redeems nothing any more; a new one wakes it', async () => {
  const browser = new Browser(app, { cookie });
  const one = await choosing(browser, '孙桂花');
  await browser.post('/kiosk/basket', { more: rice });
  const page = shown((await browser.get('/kiosk/confirmation')).text);
  await blockCard(township, { id: one.household._id, card: cardReference(township, one.card) });
  expect((await browser.send('/kiosk/redemptions', page)).headers['location']).toBe('/kiosk');
  expect((await findPointsOf(system, one.household)).balance).toBe(60);
  clock.advance(1_000);
  const { number } = await issueCard(township, issueCardInput.parse({ id: one.household._id, requestKey: requestKey() }));
  await browser.get('/kiosk');
  await browser.post('/kiosk/visits', { card: number });
  await browser.post('/kiosk/me');
  await browser.post('/kiosk/basket', { more: rice });
  await browser.post('/kiosk/redemptions', shown((await browser.get('/kiosk/confirmation')).text));
  expect((await findPointsOf(system, one.household)).balance).toBe(30);
});

test.each(['0', '00'])('a line of %s pieces is malformed, not a fault', async (pieces) => {
  const browser = new Browser(app, { cookie });
  await choosing(browser, '赵老四');
  await browser.post('/kiosk/basket', { more: rice });
  const page = shown((await browser.get('/kiosk/confirmation')).text);
  expect((await browser.send('/kiosk/redemptions', { ...page, basket: `${rice}:${pieces}:30` })).status).toBeLessThan(500);
});

test.each(['kiosk=%', 'kiosk=%E0%A4%A', 'kiosk=a.b.c'])('a cookie %s is nobody', async (broken) => {
  expect((await new Browser(app, { cookie: broken }).get('/kiosk')).headers['location']).toBe('/kiosk/pairing');
});
