import request from 'supertest';
import { recordBankGift } from '../../server/donations';
import { Gift } from '../../server/donations/gift.model';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { FiledPlan } from '../../server/funds/papers/filed-plan.model';
import { press } from '../platform/practising';
import { company, useGivingCounty } from './giving-county';

const county = useGivingCounty();
const page = (path: string) => request(county.app).get(path);

test('the give page shows certificate and filed plan, whole (FU1)', async () => {
  const { text } = await page('/give').expect(200);
  for (const shown of [
    '53130499MJ0000018Y',
    '53130499MJ0000018YA26001',
    '和安县民政局',
    '和安农村商业银行',
    '周海',
    '结转下一年度同一用途',
  ]) {
    expect(text).toContain(shown);
  }
});

test('without a plan in date the page is closed and says from when, and the form is refused', async () => {
  await FiledPlan.updateMany({}, { from: '2026-12-01' });
  try {
    expect((await page('/give').expect(200)).text).toContain('从 2026年12月1日 起可以捐。');
    await county.give({ requestKey: 'closed-0001' }).expect(409);
    expect(await Gift.countDocuments({})).toBe(0);
  } finally {
    await FiledPlan.updateMany({}, { from: '2026-01-01' });
  }
});

test('a way that the filed plan does not list is neither offered nor taken, and the field says so', async () => {
  const before = (await FiledPlan.findOne({}).lean())?.ways;
  await FiledPlan.updateMany({}, { ways: ['bankTransfer'] });
  try {
    const { text } = await page('/give').expect(200);
    expect(text.match(/name="(method|rhythm)" value="\w+"/g)).toEqual(['name="method" value="transfer"']);
    const card = await county.give({ requestKey: 'way-0001', method: 'card' });
    expect([card.status, card.body.errors]).toMatchObject([422, [{ pointer: '#/method', code: 'way-not-filed' }]]);
    const monthly = await county.give({ requestKey: 'way-0002', rhythm: 'monthly', method: 'card' });
    expect(monthly.body.errors).toMatchObject([{ pointer: '#/rhythm', code: 'way-not-filed' }]);
    await county.give({ requestKey: 'way-0003', method: 'transfer' }).expect(201);
  } finally {
    await FiledPlan.updateMany({}, { ways: before });
  }
});

test('a public page shows the giver only as he wishes, and never a cause beside a sum (TR4)', async () => {
  const shown = await county.give({ requestKey: 'named-0001', method: 'transfer', purpose: 'illness' }).expect(201);
  const hidden = await county.give({ requestKey: 'named-0002', method: 'transfer', showName: '' }).expect(201);
  expect((await page(shown.body.page).expect(200)).text).toContain(shown.body.number);
  expect((await page(hidden.body.page)).text).not.toContain(company.organisationName);
  expect((await page(hidden.body.page)).text).not.toContain('13900005821');
});

test('a gift says what its state means', async () => {
  const { body } = await county.give({ requestKey: 'meaning-0001', method: 'transfer' }).expect(201);
  expect((await page(body.page)).text).toContain('等付款：钱到了就入账');
  const line = { requestKey: 'meaning-0002', bankSerial: 'BOC-MEANING', receivedOn: '2026-11-24', amount: '10000' };
  await recordBankGift(county.ctx, bankGiftInput.parse({ ...line, giftNumber: body.number, checkedGiver: 'on' }));
  const { text } = await page(body.page);
  expect(text).toContain('已到账：钱已经记进账本');
  expect(text).toContain('捐款 ¥10,000.00，已用 ¥0.00');
  expect(text).not.toContain('您捐的'); // whoever looks need not be the giver
  await Gift.updateOne({ ledger: county.ctx.ledger, number: body.number }, { problem: { code: 'paid-twice', at: new Date('2026-11-24') } });
  expect((await page(body.page)).text).toContain('请不要再付');
});

test('who gives no name is promised no receipt, in both languages: not when giving, not when thanked, not on the page of the gift', async () => {
  expect((await page('/give')).text).toMatch(/data-receipt="unnamed"><b>不开捐赠票据/);
  const onItsWay = await county.give({ requestKey: 'unnamed-0002', giver: 'anonymous', method: 'transfer' }).expect(201);
  expect((await page(`${onItsWay.body.page}/payment`)).text).toMatch(/钱还在路上。请存下/); // nobody can be sent a message
  const { body } = await county.give({ requestKey: 'unnamed-0001', giver: 'anonymous', method: 'card' }).expect(201);
  await press(body.payUrl, 'pay', 'card');
  await county.deliver();
  for (const [lang, none, promised] of [
    ['zh-CN', '不开捐赠票据', /还不是捐赠票据|天内开出|票据另外开/],
    ['en', 'no donation receipt is issued', /not yet the donation receipt|is issued within|is issued apart/],
  ] as const) {
    for (const path of [`${body.page}/payment`, body.page]) {
      const { text } = await page(`${path}?lang=${lang}`).expect(200);
      expect(text).toContain(none);
      expect(text).not.toMatch(promised);
    }
  }
});

test.each(['/gifts/g_00000000000000000000', '/gifts/D-2026-000001', '/gifts/../give', "/gifts/%7B'$gt'%3A''%7D"])(
  '%s opens nothing',
  async (path) => {
    expect((await page(path)).text).not.toContain('¥');
  },
);

test('a person’s name and phone are nowhere readable in what is stored', async () => {
  await county
    .give({ requestKey: 'person-0001', giver: 'person', personName: '欧阳建国', phone: '13800001234', method: 'transfer' })
    .expect(201);
  const stored = JSON.stringify(await Gift.find({}).lean());
  expect(stored).not.toContain('欧阳建国');
  expect(stored).not.toContain('13800001234');
});
