import request from 'supertest';
import { Gift } from '../../server/donations/gift.model';
import { FiledPlan } from '../../server/funds/filed-plan.model';
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

test('a public page shows the giver only as he wishes, and never a cause beside a sum (TR4)', async () => {
  const shown = await county.give({ requestKey: 'named-0001', method: 'transfer', purpose: 'illness' }).expect(201);
  const hidden = await county.give({ requestKey: 'named-0002', method: 'transfer', showName: '' }).expect(201);
  expect((await page(shown.body.page).expect(200)).text).toContain(shown.body.number);
  expect((await page(hidden.body.page)).text).not.toContain(company.organisationName);
  expect((await page(hidden.body.page)).text).not.toContain('13900005821');
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
