import type { Express } from 'express';
import { entryPage } from '../../server/books/entry-page';
import { offerDemoCards, pairKiosk, suspendKiosk } from '../../server/kiosk';
import { KioskDevice } from '../../server/kiosk/kiosk-device.model';
import { phoneCodeOf } from '../../server/kiosk/phone-code';
import { balanceOf, findEntries } from '../../server/ledger';
import type { Translate } from '../../server/platform/i18n/translator';
import { findPointsOf } from '../../server/points';
import { givenOut, priceProduct, supermarketTruths } from '../../server/supermarket';
import { admin, award, clock, household, liushu, manager, person, requestKey, system, usePointsCounty } from '../points/points-county';
import { deliver, product, shopWithClerk } from '../supermarket/shop-county';
import { useTestRedis } from '../support/test-database';
import { Browser, hidden, journeyApp, kioskCookie } from './kiosk-app';

afterAll(async () => expect((await Promise.all(supermarketTruths.map((truth) => truth.check(system)))).flat()).toEqual([]));
usePointsCounty();
const redis = useTestRedis();

let app: Express;
let shop: string;
let clerk: Awaited<ReturnType<typeof shopWithClerk>>['clerk'];
let cookie: string;
let rice: string;
let oil: string;
const people: Record<string, ReturnType<typeof person>['actor']> = {};

beforeAll(async () => {
  app = await journeyApp(redis, people);
  const opened = await shopWithClerk();
  ({ shop, clerk } = opened);
  cookie = await kioskCookie(shop);
  rice = await product('大米', 30, 'rice');
  oil = await product('食用油', 60, 'oil');
  await deliver(opened.clerk, shop, rice, 20);
  await deliver(opened.clerk, shop, oil, 3);
});

const kiosk = () => new Browser(app, { cookie });
async function awake(points: number) {
  const one = await household('张小明');
  if (points > 0) await award(one.household, points);
  const browser = kiosk();
  await browser.get('/kiosk');
  const me = await browser.post('/kiosk/visits', { card: one.card });
  return { ...one, browser, me };
}
async function choosing(points: number) {
  const visit = await awake(points);
  await visit.browser.post('/kiosk/me');
  return visit;
}
const fields = (html: string) => ({ basket: hidden(html, 'basket'), requestKey: hidden(html, 'requestKey') });

describe('the kiosk', () => {
  test('is a paired device: any other browser is led to the pairing page', async () => {
    const stranger = new Browser(app, {});
    expect((await stranger.get('/kiosk')).headers['location']).toBe('/kiosk/pairing');
    expect((await stranger.get('/kiosk/pairing')).text).toContain('配对码');
    expect((await stranger.send('/kiosk/visits', { card: '1' })).status).toBe(403);
  });

  test('leads from card to slip in four steps, and forgets who was there', async () => {
    const { browser, me, household: zhang } = await awake(126);
    expect(me.text).toContain('这是您吗？');
    expect(me.text).toContain('张*明');
    expect(me.text).not.toContain('张小明');
    const shelf = await browser.post('/kiosk/me');
    expect(shelf.text).toContain('大米');
    expect((await browser.post('/kiosk/basket', { more: rice })).text).toContain('选了 1 件，用 30 分');
    const confirmation = await browser.get('/kiosk/confirmation');
    expect(confirmation.text).toMatch(/126<\/b>.*30<\/b>.*96<\/b>/s);

    const given = await balanceOf(system, givenOut(liushu));
    const slip = await browser.post('/kiosk/redemptions', fields(confirmation.text));
    expect(slip.text).toContain('换好了');
    expect(slip.text).toMatch(/LS\d+-000001/);
    expect(slip.headers['cache-control']).toContain('no-store');
    expect((await findPointsOf(system, zhang)).balance).toBe(96);
    expect(await balanceOf(system, givenOut(liushu))).toBeGreaterThan(given);

    const [entry] = await findEntries(system, { kind: 'goods.redeemed' }, 1);
    const { groups } = await entryPage(system, ((key: string) => key) as Translate, entry?.seq ?? 0);
    const rowsOf = (name: string) => groups.find(({ group }) => group === name)?.rows ?? [];
    expect(rowsOf('points').map(({ lot }) => lot)).toEqual(['books:entry.lotUntil', '']);
    const columns = rowsOf('limits').map(({ less, more }) => [less !== '', more !== '']);
    expect(columns).toEqual([
      [true, false],
      [false, true],
      [true, false], // what may be had without the PIN, and the rice of the month
      [false, true],
    ]);

    await browser.post('/kiosk/exits');
    for (const page of ['/kiosk/slip', '/kiosk/goods', '/kiosk/confirmation', '/kiosk/me']) {
      expect((await browser.get(page)).headers['location']).toBe('/kiosk');
    }
  });

  test('gives one slip for a confirmation that is tapped twice, and for one sent again from the page before', async () => {
    const { browser, household: one } = await choosing(60);
    await browser.post('/kiosk/basket', { more: rice });
    const shown = fields((await browser.get('/kiosk/confirmation')).text);
    const answers = await Promise.all([browser.send('/kiosk/redemptions', shown), browser.send('/kiosk/redemptions', shown)]);
    expect(answers.map(({ headers }) => headers['location'])).toEqual(['/kiosk/slip', '/kiosk/slip']);
    expect((await browser.send('/kiosk/redemptions', shown)).headers['location']).toBe('/kiosk/slip');
    expect((await findPointsOf(system, one)).balance).toBe(30);
  });

  test.each`
    card            | why
    ${'1234567890'} | ${'has a wrong digit'}
    ${'hello'}      | ${'is no number'}
  `('says what is wrong with a card that $why', async ({ card }) => {
    const browser = kiosk();
    await browser.get('/kiosk');
    expect((await browser.post('/kiosk/visits', { card })).text).toContain('卡号对不上，可能抄错一位');
  });

  test('says that no card number was entered, and sends the form so that it can', async () => {
    const browser = kiosk();
    expect((await browser.get('/kiosk/number')).text).not.toMatch(/<input name="card"[^>]*required/);
    expect((await browser.post('/kiosk/visits', { card: ' ', from: 'number' })).text).toContain('还没按卡号');
    expect((await browser.post('/kiosk/visits', { card: '123', from: 'number' })).text).toContain('卡号是 10 位数字');
  });

  test('shows what is missing, what is limited and what there is none of', async () => {
    const { browser } = await choosing(70);
    const shelf = await browser.post('/kiosk/basket', { more: rice });
    expect(shelf.text).toContain('还差 20 分'); // oil at 60, 40 left
    const twice = await browser.post('/kiosk/basket', { more: rice });
    expect(twice.text).toMatch(/最多 2 份.*disabled[^>]*aria-label="多要一份大米"/s);
    expect((await browser.get('/kiosk/confirmation')).text).toContain('最多 2 份');
  });

  test('says of a good that is chosen and paid for that one more is too much, beside its pack, and shows no lock', async () => {
    const { browser } = await choosing(70);
    const shelf = await browser.post('/kiosk/basket', { more: oil });
    const [chosen = ''] = /<li class="good chosen".*?<\/li>/s.exec(shelf.text) ?? [];
    expect([chosen.includes('食用油'), chosen.includes('1 件'), chosen.includes('再加就不够了')]).toEqual([true, true, true]);
    const confirmation = (await browser.get('/kiosk/confirmation')).text;
    expect([confirmation.includes('再加就不够了'), confirmation.includes('#lock')]).toEqual([true, false]);
    expect(chosen).not.toContain('#lock');
  });

  test('shows a changed price before anything is handed out', async () => {
    const { browser, household: one } = await choosing(40);
    await browser.post('/kiosk/basket', { more: rice });
    const shown = fields((await browser.get('/kiosk/confirmation')).text);
    await priceProduct(manager, { requestKey: requestKey(), id: rice, points: 32 });
    const again = await browser.post('/kiosk/redemptions', shown);
    expect(again.text).toContain('大米现在是 32 分一份');
    expect((await findPointsOf(system, one)).balance).toBe(40);
    const slip = await browser.post('/kiosk/redemptions', fields(again.text));
    expect(slip.text).toContain('换好了');
    expect((await findPointsOf(system, one)).balance).toBe(8);
    await priceProduct(manager, { requestKey: requestKey(), id: rice, points: 30 });
  });

  test('asks for the PIN above 50 points, counts wrong ones, and then sends to the counter', async () => {
    const { browser, pin, household: one } = await choosing(100);
    await browser.post('/kiosk/basket', { more: oil });
    const shown = fields((await browser.get('/kiosk/confirmation')).text);
    expect((await browser.post('/kiosk/redemptions', shown)).text).toContain('按 4 位密码');
    const wrong = pin === '0000' ? '1111' : '0000';
    expect((await browser.post('/kiosk/pin', { ...shown, pin: wrong })).text).toContain('还能试 4 次');
    expect((await browser.post('/kiosk/pin', { ...shown, pin: '12' })).text).toContain('密码是 4 位数字');
    expect((await findPointsOf(system, one)).balance).toBe(100);
    const refused = await browser.send('/kiosk/pin', { ...shown, pin: '12' });
    expect(refused.headers['location']).toBe('/kiosk/pin'); // so that the browser's way back holds no posted page
    expect((await browser.post('/kiosk/pin', { ...shown, pin })).text).toContain('换好了');
    expect((await browser.get('/kiosk/pin')).headers['location']).toBe('/kiosk/slip');
    expect((await findPointsOf(system, one)).balance).toBe(40);
  });

  test('asks for the PIN also when a basket is split into small ones, at one kiosk after the other or at two at once', async () => {
    const visit = await choosing(200);
    const take = async (browser: Browser) => {
      await browser.get('/kiosk');
      await browser.post('/kiosk/visits', { card: visit.card });
      await browser.post('/kiosk/me');
      await browser.post('/kiosk/basket', { more: rice });
      return fields((await browser.get('/kiosk/confirmation')).text);
    };
    const both = [kiosk(), new Browser(app, { cookie: await kioskCookie(shop) })] as const;
    const shown = [await take(both[0]), await take(both[1])] as const;
    const answers = await Promise.all([both[0].send('/kiosk/redemptions', shown[0]), both[1].send('/kiosk/redemptions', shown[1])]);
    expect(answers.map(({ headers }) => headers['location']).sort()).toEqual(['/kiosk/pin', '/kiosk/slip']);
    expect((await findPointsOf(system, visit.household)).balance).toBe(170);

    const again = kiosk();
    const third = await take(again);
    expect((await again.post('/kiosk/redemptions', third)).text).toContain('今天加上这次超过 50 分，要按密码');
    expect((await again.post('/kiosk/pin', { ...third, pin: visit.pin })).text).toContain('换好了');
    const soap = await product('肥皂', 20, 'soap');
    await deliver(clerk, shop, soap, 5);
    await again.get('/kiosk');
    await again.post('/kiosk/visits', { card: visit.card });
    await again.post('/kiosk/me');
    await again.post('/kiosk/basket', { more: soap });
    const small = fields((await again.get('/kiosk/confirmation')).text);
    expect((await again.post('/kiosk/redemptions', small)).text).toContain('换好了'); // 20 of the 50 were left: the PIN took nothing
  });

  test('lets one card at two shops at once spend each point once, and take a limited good no more than it may', async () => {
    const other = await shopWithClerk();
    const salt = await product('食盐', 20, 'salt');
    for (const place of [{ shop, clerk }, other]) {
      await deliver(place.clerk, place.shop, salt, 5);
      await deliver(place.clerk, place.shop, rice, 5);
    }
    const cookies = [cookie, await kioskCookie(other.shop)] as const;
    const atBoth = async (card: string, good: string, times: number) => {
      const browsers = cookies.map((one) => new Browser(app, { cookie: one }));
      const baskets: Record<string, string>[] = [];
      for (const browser of browsers) {
        await browser.get('/kiosk');
        await browser.post('/kiosk/visits', { card });
        await browser.post('/kiosk/me');
        for (let n = 0; n < times; n += 1) await browser.post('/kiosk/basket', { more: good });
        baskets.push(fields((await browser.get('/kiosk/confirmation')).text));
      }
      const answers = await Promise.all(browsers.map((browser, at) => browser.send('/kiosk/redemptions', baskets[at])));
      expect(answers.map(({ headers }) => headers['location']).sort()).toEqual(['/kiosk/confirmation', '/kiosk/slip']);
      const refused = answers.findIndex(({ headers }) => headers['location'] === '/kiosk/confirmation');
      return (await browsers[refused]?.get('/kiosk/confirmation'))?.text;
    };

    const poor = await household('孙二');
    await award(poor.household, 30);
    expect(await atBoth(poor.card, salt, 1)).toContain('还差 10 分，现在能用 10 分');
    expect((await findPointsOf(system, poor.household)).balance).toBe(10);

    const rich = await household('孙三');
    await award(rich.household, 120);
    await priceProduct(manager, { requestKey: requestKey(), id: rice, points: 10 });
    expect(await atBoth(rich.card, rice, 2)).toContain('大米还能换 0 份，最多 2 份');
    expect((await findPointsOf(system, rich.household)).balance).toBe(100);
    await priceProduct(manager, { requestKey: requestKey(), id: rice, points: 30 });
  });

  test('counts taps that come at once, and brings nobody back who has left', async () => {
    const { browser, household: one } = await choosing(120);
    await Promise.all([browser.send('/kiosk/basket', { more: rice }), browser.send('/kiosk/basket', { more: oil })]);
    expect((await browser.get('/kiosk/goods')).text).toContain('选了 2 件，用 90 分');

    const slow = Array.from({ length: 6 }, (_, at) => browser.send('/kiosk/basket', at % 2 ? { more: rice } : { less: rice }));
    await Promise.all([...slow, browser.send('/kiosk/exits')]);
    for (const page of ['/kiosk/goods', '/kiosk/me', '/kiosk/slip']) expect((await browser.get(page)).headers['location']).toBe('/kiosk');
    expect((await findPointsOf(system, one)).balance).toBe(120);
  });

  test('keeps the PIN of a demonstration beside the pad after a wrong one, and shows none elsewhere', async () => {
    const one = await household('李大山');
    await award(one.household, 100);
    await offerDemoCards(system, [{ number: one.card, pin: one.pin }]);
    const padOf = async (headers: Record<string, string>) => {
      const browser = new Browser(app, { cookie, ...headers });
      await browser.get('/kiosk');
      await browser.post('/kiosk/visits', { card: one.card });
      await browser.post('/kiosk/me');
      await browser.post('/kiosk/basket', { more: oil });
      const shown = fields((await browser.get('/kiosk/confirmation')).text);
      return browser.post('/kiosk/pin', { ...shown, pin: one.pin === '0000' ? '1111' : '0000' });
    };
    expect((await padOf({ 'x-demo': 'yes' })).text).toContain(`演示用的密码：${one.pin}`);
    const { text } = await padOf({});
    expect(text).toContain('还能试');
    expect(text).not.toContain('演示用的密码');
  });

  test('locks the PIN after five wrong ones', async () => {
    const { browser, pin } = await choosing(100);
    await browser.post('/kiosk/basket', { more: oil });
    const shown = fields((await browser.get('/kiosk/confirmation')).text);
    const wrong = pin === '0000' ? '1111' : '0000';
    for (let n = 0; n < 5; n += 1) await browser.post('/kiosk/pin', { ...shown, pin: wrong });
    const { text } = await browser.post('/kiosk/pin', { ...shown, pin });
    for (const told of ['密码错了太多次', '请带身份证找村干部换新密码']) expect(text).toContain(told);
    expect((await browser.get('/kiosk/help?about=pin')).text).toContain('请带身份证找村干部换新密码');
  });

  test('forgets whoever has not touched it for long, also without script', async () => {
    const { browser } = await choosing(30);
    expect((await browser.get('/kiosk/still-there')).text).toContain('您还在吗？');
    const before = clock.now();
    clock.advance(91_000);
    expect((await browser.get('/kiosk/goods')).headers['location']).toBe('/kiosk');
    clock.set(before);
  });

  test('is woken by the code on a phone for five minutes', async () => {
    const { household: one } = await household('李梅');
    people['family'] = person('usr_family', 'household', one._id).actor;
    const phone = new Browser(app, { 'x-as': 'family' });
    expect((await phone.get('/my/points/code')).text).toContain('data:image/svg+xml');
    expect((await phone.get('/my/points')).text).toContain('您家能用的积分');
    const { text } = phoneCodeOf({ clock }, one);
    const browser = kiosk();
    await browser.get('/kiosk');
    expect((await browser.post('/kiosk/visits', { card: text })).text).toContain('李*');
    expect((await browser.post('/kiosk/visits', { card: `${text}x` })).text).toContain('卡号对不上');
    const before = clock.now();
    clock.advance(301_000);
    expect((await browser.post('/kiosk/visits', { card: text })).text).toContain('卡号对不上');
    clock.set(before);
  });

  test('is nobody once it is suspended, and a code pairs once', async () => {
    const other = await kioskCookie(shop);
    expect((await new Browser(app, { cookie: other }).get('/kiosk')).status).toBe(200);
    const device = await KioskDevice.findOne({ ledger: 'hean', 'state.name': 'active' }).sort({ 'state.at': -1, _id: 1 });
    expect(device).not.toBeNull();
    await expect(pairKiosk(manager, { code: 'ABCD-2345' })).rejects.toMatchObject({ code: 'kiosk.code-unknown' });
    for (const one of await KioskDevice.find({ ledger: 'hean' })) await suspendKiosk(admin, { id: one._id });
    expect((await new Browser(app, { cookie: other }).get('/kiosk')).headers['location']).toBe('/kiosk/pairing');
  });
});
