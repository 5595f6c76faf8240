import { fen } from '../../server/kernel/money';
import { formatYuan } from '../../server/kernel/money-text';
import { findStatementLines, ledgerTruths, trialBalance } from '../../server/ledger';
import { expirePoints, points, pointsTruths } from '../../server/points';
import { givenOut, handedOver, stock, supermarketTruths } from '../../server/supermarket';
import { Browser, hidden, journeyApp, kioskCookie } from '../kiosk/kiosk-app';
import { cadre, clock, household, liushu, person, rule, system, township, usePointsCounty } from '../points/points-county';
import { product, shopWithClerk } from '../supermarket/shop-county';
import { useTestRedis } from '../support/test-database';

usePointsCounty();
const redis = useTestRedis();

/** The statement of an account as it would be printed, oldest line first. */
async function statement(code: string, write: (amount: number) => string = String): Promise<string[]> {
  const lines = await findStatementLines(system, code, {}, 100);
  return lines
    .reverse()
    .map(({ effectiveOn, kind, change, balanceAfter }) => `${effectiveOn} ${kind} ${write(change)} = ${write(balanceAfter)}`);
}
const yuan = (amount: number) => formatYuan(fen(amount));

test('a family earns points, redeems a bag of rice with them, and what it leaves ends a year later; the books say the same', async () => {
  const { shop, clerk } = await shopWithClerk();
  const people = { cadre: cadre.actor, township: township.actor, clerk: clerk.actor };
  const { household: zhang, card } = await household('张小明');
  const app = await journeyApp(redis, { ...people, zhang: person('usr_zhang', 'household', zhang._id).actor });
  const as = (who: keyof typeof people | 'zhang') => new Browser(app, { 'x-as': who });

  // The village cadre records a deed, the township confirms it.
  const form = as('cadre');
  const empty = await form.get(`/deeds/new?household=${zhang._id}`);
  const deed = { requestKey: hidden(empty.text, 'requestKey'), household: zhang._id, rule: await rule('照看邻居', 50), day: '2026-11-24' };
  const recorded = await form.send('/deeds', { ...deed, words: '给隔壁老人挑了一冬天的水' });
  const id = /(ded_[0-9a-z]{20})/.exec(recorded.headers['location'] ?? '')?.[1] ?? '';
  const desk = as('township');
  await desk.get(`/deeds/${id}`);
  expect((await desk.post(`/deeds/${id}/confirmations`)).text).toContain('2027年11月30日前用');
  expect((await as('zhang').get('/my/points')).text).toContain('+50 分');

  // The shop receives three bags for 100 yuan.
  const rice = await product('大米', 30, 'rice');
  const counter = as('clerk');
  const delivery = await counter.get(`/shops/${shop}/deliveries/new`);
  const fields = { requestKey: hidden(delivery.text, 'requestKey'), product: rice, pieces: '3', valueYuan: '100', lastDay: '2027-10-01' };
  expect((await counter.post(`/shops/${shop}/deliveries`, { ...fields, supplier: '和安粮油' })).text).toContain('¥100.00');

  // The family goes to the kiosk.
  const kiosk = new Browser(app, { cookie: await kioskCookie(shop) });
  await kiosk.get('/kiosk');
  await kiosk.post('/kiosk/visits', { card });
  await kiosk.post('/kiosk/me');
  await kiosk.post('/kiosk/basket', { more: rice });
  const { text } = await kiosk.get('/kiosk/confirmation');
  const slip = await kiosk.post('/kiosk/redemptions', { basket: hidden(text, 'basket'), requestKey: hidden(text, 'requestKey') });
  expect(slip.text).toContain('拿好小票，到柜台领东西');
  await kiosk.post('/kiosk/exits');

  // What it leaves ends a year later.
  clock.set('2027-12-01T00:30:00Z');
  expect(await expirePoints(system)).toBe(1);

  const printed = {
    'points of the deed': await statement(points(zhang.surrogate, id)),
    'rice handed over': await statement(handedOver(rice)),
    'stock of the shop': await statement(stock(shop), yuan),
    'given out in the village': await statement(givenOut(liushu), yuan),
  };
  console.log(
    Object.entries(printed)
      .map(([name, lines]) => [name, ...lines.map((line) => `  ${line}`)].join('\n'))
      .join('\n'),
  );
  expect(printed).toEqual({
    'points of the deed': ['2026-11-24 points.awarded 50 = 50', '2026-11-24 goods.redeemed -30 = 20', '2027-12-01 points.expired -20 = 0'],
    'rice handed over': ['2026-11-24 goods.redeemed 1 = 1'],
    'stock of the shop': ['2026-11-24 goods.received ¥100.00 = ¥100.00', '2026-11-24 goods.redeemed −¥33.33 = ¥66.67'],
    'given out in the village': ['2026-11-24 goods.redeemed ¥33.33 = ¥33.33'],
  });
  const sums = await trialBalance(system);
  for (const unit of ['CNY', 'PTS', `goods:${rice}`]) {
    expect(sums.filter((row) => row.unit === unit).reduce((total, { debit, credit }) => total + debit - credit, 0)).toBe(0);
  }
  const truths = [...ledgerTruths, ...pointsTruths, ...supermarketTruths];
  expect((await Promise.all(truths.map((truth) => truth.check(system)))).flat()).toEqual([]);
});
