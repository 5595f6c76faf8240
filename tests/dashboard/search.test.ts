import type { Model } from 'mongoose';
import { hewan, liushu } from '../../scripts/sample-county/cast';
import { AidCase } from '../../server/aid/aid-case.model';
import { recorded } from '../../server/audit';
import { Campaign } from '../../server/donations/campaigns/campaign.model';
import { CashDeposit } from '../../server/donations/counter/cash-deposit.model';
import { Gift } from '../../server/donations/gift.model';
import { GoodsOffer } from '../../server/donations/goods/goods-offer.model';
import { Pledge } from '../../server/donations/pledges/pledge.model';
import { Receipt } from '../../server/donations/receipts/receipt.model';
import { GiftRefund } from '../../server/donations/refunds/refund.model';
import { Roster } from '../../server/donations/rosters/roster.model';
import { PaperProposal } from '../../server/funds/papers/paper-proposal.model';
import { PurposeChange } from '../../server/funds/purpose-changes/purpose-change.model';
import { Household } from '../../server/households/household.model';
import { divisionCode } from '../../server/kernel/division-code';
import { findEntries } from '../../server/ledger';
import { Notice } from '../../server/notices/notice.model';
import { PaymentBatch } from '../../server/payments/payment-batch.model';
import { transact } from '../../server/platform/mongo/transact';
import { DayClose } from '../../server/reconciliation/close/day-close.model';
import { StatementLine } from '../../server/reconciliation/statements/statement-line.model';
import { Delivery } from '../../server/supermarket/delivery.model';
import { Redemption } from '../../server/supermarket/redemption.model';
import { useCountyApp } from '../support/county-app';

const county = useCountyApp();

/** Where the search field leads somebody; the search page itself, when nothing is theirs. */
async function led(who: string, typed: string): Promise<string> {
  const answer = await (await county.agentOf(who)).get('/search').query({ q: typed });
  if (answer.status === 200) return answer.text.includes('没有找到') ? 'nothing' : 'the search page';
  return String(answer.headers['location']);
}

test('the number on a paper opens its page, however it is typed', async () => {
  const aid = await AidCase.findOne({ village: divisionCode(liushu) }).orFail();
  expect(await led('manager-1', aid.number)).toBe(`/aid/cases/${aid._id}`);
  expect(await led('manager-1', ` ${aid.number.toLowerCase()} `)).toBe(`/aid/cases/${aid._id}`);
  expect(await led('manager-1', aid.number.replace('-', '－'))).toBe(`/aid/cases/${aid._id}`);

  const gift = await Gift.findOne({ 'state.name': 'receipted' }).orFail();
  expect(await led('finance-1', gift.number)).toBe(`/donations/gifts/${gift.number}`);
  const batch = await PaymentBatch.findOne().orFail();
  expect(await led('finance-1', batch.number)).toBe(`/payments/batches/${batch._id}`);
  const household = await Household.findOne({ village: divisionCode(liushu) }).orFail();
  expect(await led('manager-1', household.number)).toBe(`/households/${household._id}`);
  const notice = await Notice.findOne().orFail();
  expect(await led('manager-1', notice.number)).toBe(`/notices/${notice._id}/print`);
});

test('a slip or a delivery opens its page, or the entry that booked it for who reads the ledger', async () => {
  const redemption = await Redemption.findOne().orFail();
  expect(await led('auditor', redemption.slip)).toBe(`/shops/redemptions/${redemption._id}`);
  expect(await led('finance-1', redemption.slip)).toBe(`/ledger/entries/${redemption.seq}`);
  expect(await led('admin', redemption.slip)).toBe(`/ledger/entries/${redemption.seq}`);
  const slipFor = async (who: string) => (await county.agentOf(who)).get(`/shops/redemptions/${redemption._id}`);
  expect((await slipFor('auditor')).text).toContain(`href="/ledger/entries/${redemption.seq}"`);
  const behindCounters = await Promise.all(['clerk-hewan', 'clerk-liushu'].map(slipFor));
  const [own, ...others] = behindCounters.filter(({ status }) => status === 200);
  expect([own?.text.includes(redemption.slip), own?.text.includes('/ledger/'), others]).toEqual([true, false, []]);
  const delivery = await Delivery.findOne().orFail();
  expect(await led('finance-1', delivery.number)).toBe(`/ledger/entries/${delivery.seq}`);
  for (const who of ['finance-1', 'auditor']) {
    await (await county.agentOf(who)).get(await led(who, redemption.slip)).expect(200);
    await (await county.agentOf(who)).get(await led(who, delivery.number)).expect(200);
  }
});

test('the bank’s serial number of a transfer opens the gift that it brought, for who reads gifts', async () => {
  const gift = await Gift.findOne({ 'received.into': 'bankTransfer' }).orFail();
  const serial = gift.received?.proof ?? '';
  for (const typed of [
    serial,
    ` ${serial.toLowerCase()} `,
    serial.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  ])
    expect(await led('finance-1', typed)).toBe(`/donations/gifts/${gift.number}`);
  expect(await led('cadre-hewan', serial)).toBe(`/households?q=${serial}`);
});

test('a household is offered for registration only for what may be a name or an ID number, to who may register', async () => {
  const offered = async (who: string, q: string) =>
    (await (await county.agentOf(who)).get('/households').query({ q }).expect(200)).text.includes('乡镇确认以后就能用');
  expect(await offered('cadre-hewan', '欧阳没有')).toBe(true);
  expect(await offered('cadre-hewan', '13049919900101123X')).toBe(true);
  expect(await offered('cadre-hewan', '2,606')).toBe(false);
  expect(await offered('cadre-hewan', 'NSH202611010001')).toBe(false);
  expect(await offered('auditor', '欧阳没有')).toBe(false);
});

test('what is not yours is found as little as what is not there', async () => {
  const elsewhere = await AidCase.findOne({ village: divisionCode(liushu) }).orFail();
  const here = await AidCase.findOne({ village: divisionCode(hewan) }).orFail();
  expect(await led('cadre-hewan', here.number)).toBe(`/aid/cases/${here._id}`);
  expect(await led('cadre-hewan', elsewhere.number)).toBe('nothing');
  expect(await led('cadre-hewan', 'A-2026-999999')).toBe('nothing');
  expect(await led('clerk-liushu', here.number)).toBe('nothing');
  const gift = await Gift.findOne().orFail();
  for (const who of ['cadre-hewan', 'admin']) expect(await led(who, gift.number)).toBe('nothing');
  const family = await Household.findOne({ village: divisionCode(liushu) }).orFail();
  expect(await led('cadre-hewan', family.number)).toBe('nothing');
});

test.each`
  who              | typed           | leads
  ${'auditor'}     | ${'00048'}      | ${'/ledger/entries/48'}
  ${'auditor'}     | ${'分录 48'}    | ${'/ledger/entries/48'}
  ${'auditor'}     | ${'第 ４８ 条'} | ${'/ledger/entries/48'}
  ${'auditor'}     | ${'Entry 48'}   | ${'/ledger/entries/48'}
  ${'auditor'}     | ${'9,999,999'}  | ${'nothing'}
  ${'cadre-hewan'} | ${'张小明'}     | ${`/households?q=${encodeURIComponent('张小明')}`}
  ${'cadre-hewan'} | ${'48'}         | ${'/households?q=48'}
  ${'admin'}       | ${'张小明'}     | ${'nothing'}
  ${'admin'}       | ${'  '}         | ${'the search page'}
`('$who who types $typed is led to $leads', async ({ who, typed, leads }) => {
  expect(await led(who, typed)).toBe(leads);
});

test('the auditor finds by its number what was done to a gift, a case, a batch, and nothing else', async () => {
  const auditor = await county.agentOf('auditor');
  const papers = [
    await Gift.findOne({ 'state.name': 'receipted' }).orFail(),
    await AidCase.findOne().orFail(),
    await PaymentBatch.findOne().orFail(),
  ];
  for (const { _id, number } of papers) {
    const { events } = (
      await auditor
        .get('/api/v1/audit-events')
        .query({ number: ` ${number.toLowerCase()}` })
        .expect(200)
    ).body;
    expect([...new Set(events.map(({ subject }: { subject: { id: string } }) => subject.id))]).toEqual([_id]);
    expect((await auditor.get('/audit').query({ number })).text).toContain(number);
  }
});

describe('every kind of number that a page shows', () => {
  const at = new Date('2026-11-20T02:00:00Z');
  const state = (name: string) => ({ name, by: 'usr_x', at });
  let gift: Gift;
  beforeAll(async () => {
    gift = await Gift.findOne({ 'received.into': 'bankTransfer' }).orFail();
  });
  type Paper = { type: string; model: Model<never>; fields: Record<string, unknown>; typed: string; opens: string };
  const papers: [string, Paper][] = [
    ['a change of purpose', paper('purposeChange', PurposeChange, { number: 'C-2026-000901' }, 'c-2026-000901', '/funds/changes/')],
    ['a certificate', paper('paperProposal', PaperProposal, { certificate: { number: '冀民慈字901' } }, '冀民慈字901', '/funds/papers/')],
    ['a filed plan', paper('paperProposal', PaperProposal, { plan: { number: 'PLAN/901' } }, 'PLAN/901', '/funds/papers/')],
    ['a line of the bank', paper('bankLine', StatementLine, { serial: 'ZH901X' }, ' zh901x', '/reconciliation/lines/')],
    ['a receipt', paper('receipt', Receipt, { code: '13010126', number: '0000090001' }, '13010126 0000090001', '/donations/receipts/')],
    ['a receipt’s number', paper('receipt', Receipt, { code: '13010126', number: '0000090002' }, '0000090002', '/donations/receipts/')],
    ['a deposit slip', paper('cashDeposit', CashDeposit, { paper: 'CK-901', counter: 'ctr_x' }, 'CK-901', '/donations/counters/ctr_x')],
    ['a pledge', paper('pledge', Pledge, { number: 'P-2026-000901' }, 'P-2026-000901', '/donations/pledges/')],
    ['a campaign', paper('campaign', Campaign, { number: 'K-2026-000901' }, 'K-2026-000901', '/donations/campaigns/')],
    ['a goods offer', paper('goodsOffer', GoodsOffer, { number: 'G-2026-000901' }, 'G-2026-000901', '/donations/goods')],
    ['a roster', paper('roster', Roster, { number: 'J-2026-000901' }, 'J-2026-000901', '/donations/rosters')],
    ['a closed day', closed('2020-01-08', '2020-01-08')],
    ['a closed day in Chinese', closed('2020-01-09', '2020年1月9日')],
  ];
  function paper(type: string, model: unknown, fields: Record<string, unknown>, typed: string, opens: string): Paper {
    return { type, model: model as Model<never>, fields, typed, opens };
  }
  function closed(day: string, typed: string): Paper {
    return paper('dayClose', DayClose, { from: day, day, state: state('closed') }, typed, `/reconciliation/days/${day}`);
  }
  const eventsOf = async (number: string): Promise<{ what: string; subject: { id: string } }[]> =>
    (await (await county.agentOf('auditor')).get('/api/v1/audit-events').query({ number }).expect(200)).body.events;
  const record = (what: string, subject: { type: string; id: string }) =>
    transact(county.ctx, { key: `search:${what}:${subject.id}`, writes: [recorded(county.ctx, what, subject)] });

  test.each(papers)('%s is opened by it, and its events are found by it', async (name, { type, model, fields, typed, opens }) => {
    const _id = `srch_${papers.findIndex(([each]) => each === name)}`;
    const { ledger } = county.ctx;
    await model.collection.insertOne({ _id, ledger, state: state('recorded'), proposedAt: at, ...fields } as never);
    await record('fund.changeAsked', { type, id: _id });
    expect((await eventsOf(typed)).map(({ subject }) => subject)).toEqual([{ type, id: _id }]);
    expect(await led('auditor', typed)).toContain(opens);
    const shape = { ledger, ...Object.fromEntries(Object.entries(fields).filter(([key]) => key !== 'state')) };
    expect(JSON.stringify(await model.collection.find(shape as never).explain())).not.toContain('COLLSCAN');
    await model.collection.deleteOne({ _id } as never);
  });

  test('a refund is opened by its number, and its events are found at its gift', async () => {
    const refund = { _id: 'srch_r', ledger: county.ctx.ledger, number: 'R-2026-000901', gift: gift._id };
    await GiftRefund.collection.insertOne(refund as never);
    await record('refund.asked', { type: 'gift', id: gift._id });
    expect((await eventsOf('R-2026-000901')).map(({ what }) => what)).toContain('refund.asked');
    expect(await led('auditor', 'R-2026-000901')).toBe('/donations/refunds/srch_r');
    await GiftRefund.collection.deleteOne({ _id: 'srch_r' } as never);
  });

  test('a transfer is found by the bank’s number, an entry by its own', async () => {
    expect((await eventsOf(gift.received?.proof ?? '')).map(({ subject }) => subject.id)).toContain(gift._id);
    const [entry] = await findEntries(county.ctx, { kind: 'gift.received' }, 1);
    expect(new Set((await eventsOf(`分录 ${entry?.seq}`)).map(({ subject }) => subject.id))).toEqual(new Set([entry?.source.id]));
  });
});
