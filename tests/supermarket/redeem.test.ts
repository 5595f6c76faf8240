import { divisionCode } from '../../server/kernel/division-code';
import { AppError } from '../../server/kernel/errors';
import { localDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { balanceOf, findEntryOrThrow } from '../../server/ledger';
import { findPointsOf, pointsTruths } from '../../server/points';
import { confirmSetting, proposeSetting } from '../../server/settings';
import {
  addProduct,
  findLimitsLeft,
  findOffer,
  findShelf,
  givenOut,
  openShop,
  priceProduct,
  receiveDelivery,
  shopById,
  stock,
  supermarketTruths,
} from '../../server/supermarket';
import { receiveDeliveryInput } from '../../server/supermarket/supermarket.inputs';
import { admin, award, clock, household, liushu, manager, person, requestKey, system, usePointsCounty } from '../points/points-county';
import { deliver, product, shopWithClerk, tap } from './shop-county';

afterAll(async () => {
  const truths = [...pointsTruths, ...supermarketTruths];
  expect((await Promise.all(truths.map((truth) => truth.check(system)))).flat()).toEqual([]);
});
usePointsCounty();

const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done' as const,
    (error: unknown) => (error instanceof AppError ? { code: error.code, ...error.details } : String(error)),
  );
const free = async (shop: string, id: string) => (await findShelf(system, { _id: shop })).find((item) => item.product._id === id)?.free;

describe('a redemption', () => {
  test('takes points, pieces and their book value in one entry with a slip', async () => {
    const { shop, clerk } = await shopWithClerk();
    const [rice, soap] = [await product('大米', 30, 'rice'), await product('香皂', 4)];
    await deliver(clerk, shop, rice, 10, 300);
    await deliver(clerk, shop, soap, 5, 20);
    const { household: zhang } = await household('张小明');
    await award(zhang, 126);

    const given = await balanceOf(system, givenOut(liushu));
    const done = await tap(clerk, shop, zhang, [
      [rice, 1, 30],
      [soap, 2, 4],
    ]);
    expect(done).toMatchObject({ points: 38, slip: expect.stringMatching(/^LS\d+-000001$/) });
    expect(done.lines.map(({ name, pieces, points, costFen }) => [name, pieces, points, costFen])).toEqual([
      ['香皂', 2, 4, 8_00],
      ['大米', 1, 30, 30_00],
    ]);
    expect((await findPointsOf(system, zhang)).balance).toBe(88);
    expect(await balanceOf(system, stock(shop))).toBe(320_00 - 38_00);
    expect(await balanceOf(system, givenOut(liushu))).toBe(given + 38_00);
    const units = (await findEntryOrThrow(system, done.seq)).legs.map(({ unit }) => unit);
    expect(new Set(units)).toEqual(new Set(['PTS', 'CNY', `goods:${rice}`, `goods:${soap}`, 'allowance:limit-rice']));
  });

  test.each`
    balance | price  | result
    ${100}  | ${100} | ${'done'}
    ${99}   | ${100} | ${{ code: 'supermarket.points-missing', missing: 1, available: 99, asked: 100 }}
  `('of $price with $balance points', async ({ balance, price, result }) => {
    const { shop, clerk } = await shopWithClerk();
    const quilt = await product('棉被', price);
    await deliver(clerk, shop, quilt, 1);
    const { household: one } = await household('李梅');
    await award(one, balance);
    expect(await outcome(tap(clerk, shop, one, [[quilt, 1, price]]))).toEqual(result);
  });

  test('takes what goes off first, and nothing that has gone off', async () => {
    const { shop, clerk } = await shopWithClerk();
    const milk = await product('牛奶', 1);
    await deliver(clerk, shop, milk, 10, 100, '2027-02-01');
    const sooner = await deliver(clerk, shop, milk, 5, 50, '2026-12-01');
    const { household: one } = await household('王国');
    await award(one, 60);
    const drawn = (await findEntryOrThrow(system, (await tap(clerk, shop, one, [[milk, 7, 1]])).seq)).drawn;
    const goods = drawn.filter(({ lot }) => lot.startsWith('shelf:')).map(({ origin, amount }) => [origin === sooner, amount]);
    expect(goods).toEqual([
      [true, 5],
      [false, 2],
    ]);
    expect(await free(shop, milk)).toBe(8);
    const before = clock.now();
    clock.set('2027-02-02T02:00:00Z');
    expect(await free(shop, milk)).toBe(0);
    expect(await outcome(tap(clerk, shop, one, [[milk, 1, 1]]))).toMatchObject({ code: 'supermarket.out-of-stock', name: '牛奶', left: 0 });
    clock.set(before);
  });

  test('shares the cost of a lot of 3 for 10.00 as 3.33, 3.33, 3.34', async () => {
    const { shop, clerk } = await shopWithClerk();
    const salt = await product('食盐', 1);
    await deliver(clerk, shop, salt, 3, 10);
    const { household: one } = await household('孙兰');
    await award(one, 10);
    const costs = [];
    for (let n = 0; n < 3; n += 1) costs.push((await tap(clerk, shop, one, [[salt, 1, 1]])).lines[0]?.costFen);
    expect(costs).toEqual([333, 333, 334]);
  });

  test('at a price that has changed is shown again; a repeated tap is not', async () => {
    const { shop, clerk } = await shopWithClerk();
    const towel = await product('毛巾', 8);
    await deliver(clerk, shop, towel, 5);
    const { household: one } = await household('赵强');
    await award(one, 50);
    const key = requestKey();
    const first = await tap(clerk, shop, one, [[towel, 1, 8]], key);
    await priceProduct(manager, { requestKey: requestKey(), id: towel, points: 9 });
    expect(await outcome(tap(clerk, shop, one, [[towel, 1, 8]]))).toEqual({
      code: 'supermarket.price-changed',
      name: '毛巾',
      was: 8,
      is: 9,
    });
    expect((await tap(clerk, shop, one, [[towel, 1, 8]], key)).slip).toBe(first.slip);
    expect(await outcome(tap(clerk, shop, one, [[towel, 2, 8]], key))).toMatchObject({ code: 'ledger.conflict' });
    expect((await findPointsOf(system, one)).balance).toBe(42);
  });

  test('is for those who serve', async () => {
    const { shop } = await shopWithClerk();
    const towel = await product('毛巾', 8);
    const { household: one } = await household('钱多');
    expect(await outcome(tap(manager, shop, one, [[towel, 1, 8]]))).toMatchObject({ code: 'access.denied' });
  });
});

describe('at once', () => {
  test('thirty taps on one balance: exactly seven win', async () => {
    const { shop, clerk } = await shopWithClerk();
    const soap = await product('香皂', 4);
    await deliver(clerk, shop, soap, 100);
    const { household: one } = await household('周桂英');
    await award(one, 30);
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => outcome(tap(clerk, shop, one, [[soap, 1, 4]]))));
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(7);
    expect(outcomes).toContainEqual({ code: 'supermarket.points-missing', missing: 2, available: 2, asked: 4 });
    expect((await findPointsOf(system, one)).balance).toBe(2);
  });

  test('two taps on the last piece of a shelf: one wins', async () => {
    const { shop, clerk } = await shopWithClerk();
    const oil = await product('食用油', 60);
    await deliver(clerk, shop, oil, 1);
    const families = [(await household('吴明')).household, (await household('郑海')).household];
    for (const family of families) await award(family, 60);
    const outcomes = await Promise.all(families.map((family) => outcome(tap(clerk, shop, family, [[oil, 1, 60]]))));
    expect(outcomes).toContain('done');
    expect(outcomes).toContainEqual({ code: 'supermarket.out-of-stock', product: oil, name: '食用油', left: 0 });
  });

  test('one tap that arrives four times: one slip', async () => {
    const { shop, clerk } = await shopWithClerk();
    const soap = await product('香皂', 4);
    await deliver(clerk, shop, soap, 10);
    const { household: one } = await household('冯秀兰');
    await award(one, 40);
    const key = requestKey();
    const slips = await Promise.all(Array.from({ length: 4 }, () => tap(clerk, shop, one, [[soap, 1, 4]], key)));
    expect(new Set(slips.map(({ slip }) => slip)).size).toBe(1);
    expect((await findPointsOf(system, one)).balance).toBe(36);
  });

  test('the limit of two bags of rice a month holds at two shops', async () => {
    const rice = await product('大米', 1, 'rice');
    const places = [await shopWithClerk(), await shopWithClerk()];
    for (const { shop, clerk } of places) await deliver(clerk, shop, rice, 10);
    const { household: one } = await household('陈小菊');
    await award(one, 50);
    const taps = Array.from({ length: 10 }, (_, n) => places[n % 2]).flatMap((place) => place ?? []);
    const outcomes = await Promise.all(taps.map(({ shop, clerk }) => outcome(tap(clerk, shop, one, [[rice, 1, 1]]))));
    expect(outcomes.filter((code) => code === 'done')).toHaveLength(2);
    expect(outcomes).toContainEqual({ code: 'supermarket.limit-reached', good: 'rice', name: '大米', most: 2, left: 0, per: 'month' });
    const shop = await shopById(system, places[0]?.shop ?? '');
    expect(shop && (await findLimitsLeft(system, shop, one))).toContainEqual({ good: 'rice', pieces: 2, per: 'month', left: 0 });
  });
});

describe('the shop', () => {
  test.each`
    category
    ${'tobacco'}
    ${'alcohol'}
  `('sells no $category', async ({ category }) => {
    const input = { requestKey: requestKey(), name: 'x', pack: '1', good: 'salt', category, points: 1, rank: 1 } as const;
    expect(await outcome(addProduct(manager, input))).toEqual({ code: 'supermarket.forbidden-goods', category });
  });

  test('takes no goods that have gone off, and none for another shop', async () => {
    const { shop, clerk } = await shopWithClerk();
    const other = await shopWithClerk();
    const milk = await product('牛奶', 5);
    expect(await outcome(deliver(clerk, shop, milk, 1, 10, '2026-11-23'))).toMatchObject({ code: 'input.invalid' });
    expect(await outcome(deliver(clerk, other.shop, milk, 1))).toMatchObject({ code: 'not-found' });
    expect(await outcome(deliver(person('usr_x', 'villageCadre', liushu), shop, milk, 1))).toMatchObject({ code: 'access.denied' });
  });

  test('takes a delivery once, and refuses its form with another last day or supplier', async () => {
    const { shop, clerk } = await shopWithClerk();
    const asked = {
      requestKey: requestKey(),
      shop,
      product: await product('酱油', 5),
      pieces: 3,
      valueYuan: fen(30_00),
      lastDay: localDate('2027-05-01'),
      supplier: '和安粮油（演示）',
    };
    const id = await receiveDelivery(clerk, asked);
    expect(await receiveDelivery(clerk, asked)).toBe(id);
    const conflict = { code: 'ledger.conflict' };
    await expect(receiveDelivery(clerk, { ...asked, lastDay: localDate('2028-05-01') })).rejects.toMatchObject(conflict);
    await expect(receiveDelivery(clerk, { ...asked, supplier: '青河粮油（演示）' })).rejects.toMatchObject(conflict);
  });

  test('numbers its slips with letters of its own', async () => {
    const input = { requestKey: requestKey(), name: '二店', village: liushu, code: 'LS1', phone: '1' };
    expect(await outcome(openShop(manager, input))).toMatchObject({ code: 'input.invalid' });
  });

  test('takes no delivery of more than a delivery can be worth', async () => {
    const worth = { shop: 'shp_1', product: 'prd_00000000000000000000', pieces: '1', supplier: 'x', requestKey: requestKey() };
    const read = receiveDeliveryInput.safeParse({ ...worth, valueYuan: '22517998136852.47' });
    expect(read.error?.issues.map(({ path, message }) => `${path} ${message}`)).toContain('valueYuan amount-too-large');
  });

  test('hands out, takes and offers nothing of a category that is forbidden after it was on the shelf', async () => {
    const { shop, clerk } = await shopWithClerk();
    const soap = await product('肥皂', 8);
    await deliver(clerk, shop, soap, 5);
    const { household: one } = await household('孙立');
    await award(one, 50);
    const proposal = await proposeSetting(admin, {
      name: 'forbidden',
      scope: divisionCode('130499'),
      value: 'tobacco alcohol household',
      effectiveFrom: localDate('2026-11-25'),
      sourceDoc: '和防贫办〔2026〕9 号（演示）',
      reason: '',
      requestKey: requestKey(),
    });
    await confirmSetting(manager, { id: proposal._id });
    clock.set('2026-11-25T02:00:00Z');
    expect(await outcome(tap(clerk, shop, one, [[soap, 1, 8]]))).toEqual({ code: 'supermarket.nothing-chosen' });
    expect(await outcome(deliver(clerk, shop, soap, 1))).toMatchObject({ code: 'supermarket.forbidden-goods' });
    expect((await findOffer(system, { _id: shop, village: liushu })).map((item) => item.product._id)).not.toContain(soap);
    expect(await free(shop, soap)).toBe(5); // it still lies there
    expect((await findPointsOf(system, one)).balance).toBe(50);
  });
});
