import request from 'supertest';
import { aidCancelled, aidReserved } from '../../server/aid/aid.accounts';
import { recordBankGift } from '../../server/donations';
import type { Gift } from '../../server/donations/gift.model';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { findPoolsFor, mainBank } from '../../server/funds';
import { shanghaiDay } from '../../server/kernel/local-date';
import { post } from '../../server/ledger';
import { payable } from '../../server/payments';
import { paymentPaid, paymentReturned, paymentSent, transit } from '../../server/payments/payments.accounts';
import { useGivingCounty } from './giving-county';
import { wayOfGift } from './way-of-gift';

// DOMAIN 7's case of FU7 and a gift's whole way, on the real chart of accounts; who decides is for the rooms above.
const county = useGivingCounty();
const { ctx } = county;
const [willow, bend] = ['130499101201', '130499201201'];

let serial = 0;
const given = (yuan: number, fields: Record<string, string> = {}): Promise<Gift> =>
  recordBankGift(
    ctx,
    bankGiftInput.parse({
      requestKey: `trace-gift-${++serial}`,
      bankSerial: `TRACE-${serial}`,
      receivedOn: '2026-11-24',
      amount: String(yuan),
      payerName: '和安县总工会',
      creditCode: '81130434MC0000039T',
      ...fields,
    }),
  );

const source = { type: 'test', id: 'case' };
const reserve = async (id: string, yuan: number, village: string, cause: 'illness' | 'schooling' | 'disaster') =>
  post(ctx, {
    key: `${id}:reserved`,
    kind: aidReserved,
    source,
    tags: { village, cause },
    draws: [
      {
        from: await findPoolsFor(ctx, { cause, village, day: shanghaiDay(ctx.clock.now()) }),
        amount: yuan * 100,
        to: { pool: payable(id) },
      },
    ],
  });
const send = (id: string, village: string) =>
  post(ctx, {
    key: `${id}:sent`,
    kind: paymentSent,
    source,
    tags: { village, cause: 'illness' },
    draws: [{ from: payable(id), amount: 'all', to: { pool: transit(id) } }],
  });
const pay = (id: string, village: string) =>
  post(ctx, {
    key: `${id}:paid`,
    kind: paymentPaid,
    source,
    tags: { village, cause: 'illness' },
    draws: [{ from: transit(id), amount: 'all', to: mainBank }],
  });
const bringBack = (id: string, village: string) =>
  post(ctx, {
    key: `${id}:returned`,
    kind: paymentReturned,
    source,
    tags: { village, cause: 'illness' },
    draws: [{ from: transit(id), amount: 'all', to: { pool: payable(id) } }],
  });

const wayOf = async (gift: Gift) => {
  const { sums, uses } = await wayOfGift(ctx, gift);
  const yuan = Object.fromEntries(Object.entries(sums).flatMap(([kind, fen]) => (fen === 0 ? [] : [[kind, fen / 100]])));
  return { sums: yuan, uses: uses.map((use) => [use.kind, use.village, use.amountFen / 100, use.leftFen / 100, use.sharePct]) };
};

test.each`
  town    | illness | general  | village   | topUp   | fromTown | fromIllness | fromGeneral | why
  ${1000} | ${5000} | ${10000} | ${willow} | ${3000} | ${1000}  | ${2000}     | ${0}        | ${'the township first'}
  ${1000} | ${5000} | ${10000} | ${bend}   | ${3000} | ${0}     | ${3000}     | ${0}        | ${'another township: its money stays'}
  ${1000} | ${5000} | ${10000} | ${bend}   | ${6000} | ${0}     | ${5000}     | ${1000}     | ${'then money without a purpose'}
`('FU7: a top-up of $topUp in $village: $why', async ({ town, illness, general, village, topUp, ...from }) => {
  await emptyPools();
  const gifts = [
    await given(town, { purpose: 'illness', place: '130499101' }),
    await given(illness, { purpose: 'illness' }),
    await given(general),
  ];
  await reserve(`fu7-${topUp}-${village}`, topUp, village, 'illness');
  const held = await Promise.all(gifts.map(async (gift) => (await wayOf(gift)).sums['held'] ?? 0));
  expect(held).toEqual([from.fromTown, from.fromIllness, from.fromGeneral]);
});

test('a gift of 10,000: paid, shared with another gift, returned by the bank, still reserved, left', async () => {
  await emptyPools();
  const gift = await given(10_000);
  const later = await given(5_000);
  await reserve('w1', 2_160, willow, 'disaster');
  await send('w1', willow);
  await pay('w1', willow);
  await reserve('w2', 1_500, bend, 'disaster');
  await send('w2', bend);
  await bringBack('w2', bend);
  expect(await wayOf(gift)).toEqual({
    sums: { aid: 2_160, held: 1_500, left: 6_340 },
    uses: [
      ['aid', willow, 2_160, 7_840, 100],
      ['held', bend, 1_500, 6_340, 100],
    ],
  });
  await reserve('w3', 8_000, bend, 'schooling');
  expect(await wayOf(gift)).toEqual({
    sums: { aid: 2_160, held: 7_840 },
    uses: [
      ['aid', willow, 2_160, 7_840, 100],
      ['held', bend, 1_500, 6_340, 100],
      ['held', bend, 6_340, 0, 79],
    ],
  });
  expect(await wayOf(later)).toEqual({ sums: { held: 1_660, left: 3_340 }, uses: [['held', bend, 1_660, 3_340, 20]] });
});

test('what was reserved and given back to the gift is no use', async () => {
  await emptyPools();
  const gift = await given(300);
  await reserve('c1', 100, willow, 'illness');
  const manager = {
    ...ctx,
    actor: { id: 'usr_manager', kind: 'person' as const, grants: [{ role: 'fundManager' as const, scope: '130499' }] },
  };
  await post(manager, { key: 'reversal:c1:reserved', kind: aidCancelled, source, reverses: 'c1:reserved' });
  expect(await wayOf(gift)).toEqual({ sums: { left: 300 }, uses: [] });
});

test('the page of everybody says village, month and sum, and neither cause nor purpose beside them; long lists in parts', async () => {
  await emptyPools();
  const gift = await given(1_000, { purpose: 'illness' });
  for (const n of [1, 2, 3]) {
    await reserve(`p${n}`, 100 * n, willow, 'illness');
    await send(`p${n}`, willow);
    await pay(`p${n}`, willow);
  }
  const visitor = request(county.app);
  const { text: whole } = await visitor.get(`/gifts/${gift.code}`).expect(200);
  expect(whole).toContain('按捐赠人指定的用途');
  expect(whole).not.toMatch(/因病|illness/);
  expect(whole).toContain('以上加起来正好 ¥1,000.00');
  const linesOf = (text: string) => [...text.matchAll(/<b>柳树村<\/b>[\s\S]*?<b>(¥[\d.,]+)<\/b>/g)].map(([, sum]) => sum);
  expect(linesOf(whole)).toEqual(['¥100.00', '¥200.00', '¥300.00']);

  const { text: first } = await visitor.get(`/gifts/${gift.code}?limit=2`).expect(200);
  expect(linesOf(first)).toEqual(['¥100.00', '¥200.00']);
  expect(first).toContain('第 1–2 条，共 3 条');
  const [, next = ''] = /href="([^"]+)" rel="next"/.exec(first) ?? [];
  const { text: second } = await visitor.get(next.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')).expect(200);
  expect(linesOf(second)).toEqual(['¥300.00']);
  expect(second).toContain('还没用的');
  await visitor.get(`/gifts/${gift.code}?after=%00nonsense&limit=many`).expect(200);
  await visitor.get('/gifts/g_00000000000000000000').expect(404);
});

let emptied = 0;
/** Each case begins with pools that hold nothing but its own gifts. */
async function emptyPools(): Promise<void> {
  emptied += 1;
  for (const [village, cause] of [
    [willow, 'illness'],
    [bend, 'illness'],
    [bend, 'schooling'],
  ] as const) {
    const from = await findPoolsFor(ctx, { cause, village, day: shanghaiDay(ctx.clock.now()) });
    await post(ctx, {
      key: `emptied:${emptied}:${village}:${cause}`,
      kind: aidReserved,
      source,
      draws: [{ from, amount: { upTo: 100_000_000 }, to: { pool: payable(`emptied-${emptied}-${village}-${cause}`) } }],
    });
  }
}
