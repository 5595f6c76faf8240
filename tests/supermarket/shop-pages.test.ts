import type { Express } from 'express';
import { Browser, hidden, journeyApp } from '../kiosk/kiosk-app';
import { award, clock, household, liushu, manager, person, usePointsCounty } from '../points/points-county';
import { useTestRedis } from '../support/test-database';
import { deliver, product, shopWithClerk, tap } from './shop-county';

usePointsCounty();
const redis = useTestRedis();
let app: Express;
let shop: string;
let rice: string;
const people: Record<string, ReturnType<typeof person>['actor']> = { manager: manager.actor };

beforeAll(async () => {
  app = await journeyApp(redis, people);
  const opened = await shopWithClerk();
  people['clerk'] = opened.clerk.actor;
  people['cadre'] = person('usr_cadre', 'villageCadre', liushu).actor;
  people['elsewhere'] = (await shopWithClerk()).clerk.actor;
  shop = opened.shop;
  rice = await product('大米', 30, 'rice');
});

const as = (who: string) => new Browser(app, { 'x-as': who });

test('a clerk records a delivery; it lies on the shelf with its value', async () => {
  const clerk = as('clerk');
  expect((await clerk.get('/shops')).headers['location']).toBe(`/shops/${shop}`);
  const form = await clerk.get(`/shops/${shop}/deliveries/new`);
  const fields = {
    requestKey: hidden(form.text, 'requestKey'),
    product: rice,
    pieces: '40',
    valueYuan: '1,200',
    lastDay: '',
    supplier: '和安粮油',
  };
  const page = await clerk.post(`/shops/${shop}/deliveries`, fields);
  expect(page.text).toContain('¥1,200.00');
  expect(page.text).toContain('40 份');
  expect((await clerk.post(`/shops/${shop}/deliveries`, fields)).text).toContain('40 份'); // sent twice, received once
});

test('the form of a delivery comes back with what was typed', async () => {
  const clerk = as('clerk');
  await clerk.get(`/shops/${shop}/deliveries/new`);
  const again = await clerk.post(`/shops/${shop}/deliveries`, {
    requestKey: 'request-x1',
    product: '',
    pieces: '0',
    valueYuan: 'x',
    supplier: '供销社',
  });
  expect(again.status).toBe(422);
  for (const words of ['供销社', '请填这一项', '不能少于 1', '金额写成']) expect(again.text).toContain(words);
});

test('the shelf says what ends within a week, and what is past its day, before it says that there is enough', async () => {
  const { shop: own, clerk } = await shopWithClerk();
  people['owner'] = clerk.actor;
  const [milk, towel] = [await product('牛奶', 9, 'milk'), await product('毛巾', 8, 'towel')];
  await deliver(clerk, own, milk, 12, 120, '2026-11-27');
  await deliver(clerk, own, milk, 30, 300, '2027-03-01');
  await deliver(clerk, own, towel, 20);
  const shelf = await as('owner').get(`/shops/${own}`);
  expect(shelf.text).toMatch(/毛巾.*够.*牛奶.*快到期.*2026年11月27日.*12 份一周内到期，先换这些/s);
  const before = clock.now();
  clock.advance(4 * 86_400_000);
  const later = await as('owner').get(`/shops/${own}`);
  expect(later.text).toMatch(/牛奶.*30 份.*够.*2027年3月1日.*12 份已过期，不能换，请下架.*¥420\.00/s);
  clock.set(before);
});

test('a slip is listed and printed without a name', async () => {
  const { clerk } = { clerk: person('usr_clerk1', 'shopClerk', shop) };
  await deliver(clerk, shop, rice, 5);
  const { household: zhang } = await household('张小明');
  await award(zhang, 40);
  const { _id, slip } = await tap(clerk, shop, zhang, [[rice, 1, 30]]);
  expect((await as('clerk').get(`/shops/${shop}/redemptions`)).text).toContain(slip);
  const printed = await as('clerk').get(`/shops/redemptions/${_id}`);
  expect(printed.text).toContain('领货号');
  expect(printed.text).not.toContain('张');
  expect((await as('elsewhere').get(`/shops/redemptions/${_id}`)).status).toBe(404);
});

test.each`
  who            | path                 | status
  ${'manager'}   | ${''}                | ${200}
  ${'elsewhere'} | ${''}                | ${404}
  ${'cadre'}     | ${''}                | ${403}
  ${'cadre'}     | ${'/redemptions'}    | ${200}
  ${'manager'}   | ${'/deliveries/new'} | ${403}
  ${'nobody'}    | ${''}                | ${303}
`('$who asks for the shop$path: $status', async ({ who, path, status }) => {
  expect((await as(who).get(`/shops/${shop}${path}`)).status).toBe(status);
});
