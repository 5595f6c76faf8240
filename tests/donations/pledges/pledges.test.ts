import giftReturned from '../../../jobs/gift-returned';
import { donationsTruths, recordBankGift, recordPledge, registerDonor } from '../../../server/donations';
import { Gift } from '../../../server/donations/gift.model';
import { acceptGoods, inspectGoods } from '../../../server/donations/goods/decide-goods';
import { inspectGoodsInput, offerGoodsInput } from '../../../server/donations/goods/goods.inputs';
import { offerGoods } from '../../../server/donations/goods/offer-goods';
import { approveMerge } from '../../../server/donations/merges/decide-merge';
import { proposeMerge } from '../../../server/donations/merges/propose-merge';
import { assignGift } from '../../../server/donations/pledges/assign-gift';
import { awaitInstalment } from '../../../server/donations/pledges/await-instalment';
import { findPledgeOrThrow } from '../../../server/donations/pledges/find-pledges';
import { followPledges } from '../../../server/donations/pledges/follow-pledges';
import { keepGoodsInput, noteLabourInput } from '../../../server/donations/pledges/in-kind/in-kind.inputs';
import { keepGoods, noteLabour } from '../../../server/donations/pledges/in-kind/keep-in-kind';
import { type Pledge, Pledge as Pledges } from '../../../server/donations/pledges/pledge.model';
import { ownPledgeInput, pledgeInput } from '../../../server/donations/pledges/pledges.inputs';
import { recordOwnPledge } from '../../../server/donations/pledges/record-pledge';
import { askRelease, decideRelease } from '../../../server/donations/pledges/release-pledge';
import { tellOfInstalment } from '../../../server/donations/pledges/tell-of-instalment';
import { approveRefund } from '../../../server/donations/refunds/approve-refund';
import { askRefund } from '../../../server/donations/refunds/ask-refund';
import { recordRefundTransfer } from '../../../server/donations/refunds/record-refund-transfer';
import { bankGiftInput } from '../../../server/donations/staff.inputs';
import { withdrawPledge, withdrawPledgeOfOwn } from '../../../server/donations/withdrawals/withdraw-pledge';
import { findStatement, publicPurposes } from '../../../server/funds';
import type { User } from '../../../server/identity';
import type { Context } from '../../../server/kernel/context';
import { divisionCode } from '../../../server/kernel/division-code';
import { AppError } from '../../../server/kernel/errors';
import { localDate } from '../../../server/kernel/local-date';
import { fen } from '../../../server/kernel/money';
import type { Role } from '../../../server/kernel/roles';
import { loadTranslator } from '../../../server/platform/i18n/translator';
import { anyOf } from '../../../server/platform/mongo/operators';
import { OutboxEvent } from '../../../server/platform/outbox/outbox-event.model';
import { enactSamplesOnce } from '../../support/enacted-samples';
import { agentOf, samplePerson, submit, testPassword } from '../../support/sign-in';
import { signingCode } from '../../support/signing';
import { company, useGivingCounty } from '../giving-county';

const county = useGivingCounty();
const { ctx } = county;
let officer: User;
let manager: User;
const as = ({ _id }: Pick<User, '_id'>, role: Role): Context => ({
  ...ctx,
  actor: { id: _id, kind: 'person', grants: [{ role, scope: '130499' }] },
});

beforeAll(async () => {
  const [one, two] = [as({ _id: 'usr_one' }, 'countyAdmin'), as({ _id: 'usr_two' }, 'fundManager')];
  await enactSamplesOnce({ proposer: one, confirmer: two, scope: divisionCode('130499'), sourceDoc: '演示' });
  officer = await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]);
  manager = await samplePerson(ctx, [{ role: 'fundManager', scope: '130499' }]);
});

let count = 0;
const finance = () => as(officer, 'financeOfficer');
const typed = (fields: Record<string, unknown> = {}) => ({
  requestKey: `pledge-${String(++count).padStart(4, '0')}`,
  kind: 'agreement',
  paper: '和慈捐〔2026〕8 号',
  signedOn: '2026-05-01',
  purpose: 'illness',
  total: '1000.00',
  payerName: company.organisationName,
  creditCode: company.creditCode,
  contactName: company.contactName,
  phone: company.phone,
  instalments: [
    { dueOn: '2026-11-10', amount: '400.00' },
    { dueOn: '2026-12-01', amount: '300.00' },
    { dueOn: '2027-06-01', amount: '300.00' },
  ],
  ...fields,
});
const pledged = (fields: Record<string, unknown> = {}) => recordPledge(finance(), pledgeInput.parse(typed(fields)));
const now = ({ _id }: Pledge) => findPledgeOrThrow(ctx, _id);

let serial = 0;
const transfer = (fields: Record<string, string>) =>
  recordBankGift(
    finance(),
    bankGiftInput.parse({
      requestKey: `pledge-gift-${++serial}`,
      bankSerial: `PLG20261124-${serial}`,
      receivedOn: '2026-11-23',
      donorKind: 'company',
      payerName: company.organisationName,
      creditCode: company.creditCode,
      purpose: 'illness',
      checkedGiver: 'on',
      ...fields,
    }),
  );

test('what came on a record that became one with the giver’s is the giver’s, before that it is another’s', async () => {
  const giver = { donorKind: 'tradeUnion', payerName: '和安县教育工会', creditCode: '81130499MC0001015Q' };
  const pledge = await pledged(giver);
  const gift = await transfer({
    amount: '20.00',
    donorKind: 'tradeUnion',
    payerName: '教育工会（和安）',
    withoutCode: 'on',
    creditCode: '',
  });
  const asked = { id: pledge._id, giftNumber: gift.number, rank: 1 };
  expect(await refusal(assignGift(finance(), asked))).toBe('not-of-this-giver');
  const { _id: id } = await proposeMerge(finance(), {
    id: gift.donor ?? '',
    into: pledge.donor,
    reason: '同一家',
    requestKey: 'same-giver-1',
  });
  await approveMerge(as(manager, 'fundManager'), { id });
  await assignGift(finance(), asked);
  expect(await now(pledge)).toMatchObject({ state: { name: 'part' } });
});

const whole = { from: localDate('2026-01-01'), to: localDate('2026-12-31') };
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? (error.issues[0]?.code ?? error.code) : String(error)),
  );

test('a pledge moves no figure of the fund by one fen, however large; recorded twice it is one', async () => {
  const before = JSON.stringify(await findStatement(ctx, whole));
  const input = pledgeInput.parse(typed({ total: '99999999.99', instalments: [{ dueOn: '2026-12-01', amount: '99999999.99' }] }));
  const [first, second] = await Promise.all([recordPledge(finance(), input), recordPledge(finance(), input)]);
  expect(second).toEqual(first);
  expect(first).toMatchObject({ number: expect.stringMatching(/^P-2026-\d{6}$/), state: { name: 'promised' } });
  await awaitInstalment(finance(), first, 1);
  await followPledges(ctx);
  expect(JSON.stringify(await findStatement(ctx, whole))).toBe(before);
});

test('what comes under the number of an instalment finds it: a part, then the rest under the next number', async () => {
  const pledge = await pledged();
  const awaited = await awaitInstalment(finance(), pledge, 1);
  expect(await awaitInstalment(finance(), pledge, 1)).toEqual(awaited);
  expect(awaited).toMatchObject({ amountFen: 400_00, restriction: { purpose: 'illness' }, state: { name: 'awaiting' } });
  await transfer({ giftNumber: awaited.number, amount: '150.00' });
  await followPledges(ctx);
  expect(await now(pledge)).toMatchObject({ state: { name: 'part' }, nextDueOn: '2026-11-10' });
  const rest = await awaitInstalment(finance(), await now(pledge), 1);
  expect(rest).toMatchObject({ amountFen: 250_00 });
  expect(rest.number).not.toBe(awaited.number);
  await transfer({ giftNumber: rest.number, amount: '850.00' });
  await followPledges(ctx);
  expect(await now(pledge)).toMatchObject({ state: { name: 'fulfilled' } });
  expect(await refusal(awaitInstalment(finance(), await now(pledge), 2))).toBe('state.not-allowed');
});

test('by hand: only a gift of this giver that has come, to one pledge; the state follows at once, and a refund leads back', async () => {
  const [pledge, other] = [await pledged(), await pledged()];
  const gift = await transfer({ amount: '1000.00' });
  const asked = { id: pledge._id, giftNumber: gift.number, rank: 1 };
  await Promise.all([assignGift(finance(), asked), refusal(assignGift(finance(), asked))]);
  expect(await now(pledge)).toMatchObject({ state: { name: 'fulfilled' } });
  expect(await refusal(assignGift(finance(), { ...asked, id: other._id }))).toBe('of-another-pledge');
  const union = await transfer({ amount: '10.00', payerName: '和安县总工会', creditCode: '81130434MC0000039T', donorKind: 'tradeUnion' });
  expect(await refusal(assignGift(finance(), { ...asked, giftNumber: union.number }))).toBe('not-of-this-giver');
  await Gift.updateOne({ _id: gift._id }, { returnedFen: 700_00 });
  await followPledges(ctx);
  expect(await now(pledge)).toMatchObject({ state: { name: 'part' } });
  await Gift.updateOne({ _id: gift._id }, { $unset: { returnedFen: 1 } });
});

test('money that goes back to the payer opens the instalment again at once, before any morning has come', async () => {
  const pledge = await pledged({ total: '1000.00', instalments: [{ dueOn: '2026-12-01', amount: '1000.00' }] });
  const awaited = await awaitInstalment(finance(), pledge, 1);
  await transfer({ giftNumber: awaited.number, amount: '1000.00' });
  await followPledges(ctx);
  expect((await now(pledge)).state.name).toBe('fulfilled');
  const asked = { requestKey: 'pledge-refund-1', number: awaited.number, amount: fen(300_00), reason: 'mistake', note: '多付' } as const;
  const refund = await askRefund(finance(), asked);
  const decider = as(manager, 'fundManager');
  await approveRefund(decider, undefined, { id: refund._id, code: await signingCode(decider) });
  await recordRefundTransfer(finance(), { id: refund._id, bankSerial: 'PLEDGE-BACK-1' });
  const told = await OutboxEvent.find({ ledger: ctx.ledger, topic: 'gift.returned', 'payload.giftId': awaited._id }).lean();
  expect(told).toHaveLength(1);
  await giftReturned.run(told[0]?.payload, ctx);
  expect(await now(pledge)).toMatchObject({ state: { name: 'part' }, nextDueOn: '2026-12-01' });
});

test('each instalment is told of once before and once after its day, with its number; what has come is not', async () => {
  const pledge = await pledged();
  await Promise.all([followPledges(ctx), followPledges(ctx)]);
  await followPledges(ctx);
  const events = await OutboxEvent.find({ ledger: ctx.ledger, topic: 'pledge.instalmentDue', 'payload.pledgeId': pledge._id }).lean();
  expect(events.map(({ payload }) => [payload['rank'], payload['when']]).sort()).toEqual([
    [1, 'after'],
    [2, 'before'],
  ]);
  const sent: { key: string; to: string; text: string }[] = [];
  const messenger = { send: async (message: { key: string; to: string; text: string }) => void sent.push(message) };
  const thanking = { messenger, translator: await loadTranslator(), publicBaseUrl: 'http://127.0.0.1' };
  const tell = (rank: number, when: 'before' | 'after') => tellOfInstalment(ctx, thanking, { pledgeId: pledge._id, rank, when });
  await tell(1, 'after');
  const awaited = await Gift.findOne({ ledger: ctx.ledger, 'pledge.id': pledge._id }).lean();
  expect(sent).toMatchObject([{ to: '13900005821', text: expect.stringContaining(awaited?.number ?? '?') }]);
  await transfer({ giftNumber: awaited?.number ?? '', amount: '700.00' });
  await followPledges(ctx);
  await tell(2, 'before');
  expect(sent).toHaveLength(1);
});

test('an organisation is told in the language in which it promised; from the paper, in Chinese', async () => {
  const { _id: donor, registeredBy = '' } = await registerDonor(ctx, {
    requestKey: 'promises-in-english',
    kind: 'company',
    name: '和安县远洋贸易有限公司',
    creditCode: '91130499MA0DEM021N',
    contactName: '郭明',
    mobile: '13900005822',
    password: testPassword,
  });
  const owner: Context = {
    ...ctx,
    locale: 'en',
    actor: { id: registeredBy, kind: 'person', grants: [{ role: 'donorOwner', scope: donor }] },
  };
  const texts: string[] = [];
  const messenger = { send: async ({ text }: { text: string }) => void texts.push(text) };
  const thanking = { messenger, translator: await loadTranslator(), publicBaseUrl: 'http://127.0.0.1' };
  const { payerName: _, creditCode: __, contactName: ___, phone: ____, ...own } = typed();
  for (const pledge of [await recordOwnPledge(owner, ownPledgeInput.parse(own)), await pledged()]) {
    for (const when of ['before', 'after'] as const) await tellOfInstalment(ctx, thanking, { pledgeId: pledge._id, rank: 2, when });
  }
  expect(texts).toEqual([
    expect.stringMatching(/is due on 1 Dec 2026.*Please write D-/),
    expect.stringContaining('was due on 1 Dec 2026 and has not come'),
    expect.stringContaining('将在 2026年12月1日 到期'),
    expect.stringContaining('应在 2026年12月1日 到账'),
  ]);
});

test('whoever registers by a public credit code sees no pledge from before, its instalments and gifts neither', async () => {
  const organisation = { donorKind: 'company', payerName: '和安县晨光纸业有限公司', creditCode: '91130499MA0DEM0569' };
  const before = await pledged(organisation);
  const old = await transfer({ ...organisation, amount: '400.00' });
  const later: Context = { ...ctx, clock: { now: () => new Date(ctx.clock.now().getTime() + 60_000) } };
  const { payerName: name, creditCode } = organisation;
  const registered = { requestKey: 'registers-late', contactName: '孙丽', mobile: '13900005844', password: testPassword };
  const donor = await registerDonor(later, { ...registered, kind: 'company', name, creditCode });
  const person = await samplePerson(ctx, [{ role: 'donorMember', scope: donor._id }]);
  const agent = await agentOf(county.app, person._id, ctx);
  expect(before.donor).toBe(donor._id);
  expect((await agent.get('/my/pledges').expect(200)).text).not.toContain(before.number);
  await agent.get(`/my/pledges/${before._id}`).expect(404);
  expect((await submit(agent, '/my/pledges/new', `/my/pledges/${before._id}/awaited-gifts`, { rank: '2' })).status).toBe(404);
  expect((await submit(agent, '/my/pledges/new', `/my/pledges/${before._id}/withdrawals`, {})).status).toBe(404);
  const after = await recordPledge({ ...finance(), clock: later.clock }, pledgeInput.parse(typed(organisation)));
  await assignGift(finance(), { id: after._id, giftNumber: old.number, rank: 1 });
  const page = await agent.get(`/my/pledges/${after._id}`).expect(200);
  expect([page.text.includes('400.00'), page.text.includes(old.number)]).toEqual([true, false]);
});

const acceptedRice = async (quantity: number, fields: Record<string, unknown> = {}) => {
  const { organisationName, creditCode, contactName, phone } = company;
  const lines = [{ name: '大米', unit: '袋', quantity: String(quantity), ...fields }];
  const giver = { giver: 'organisation', organisationName, creditCode, contactName, phone };
  const offer = await offerGoods(ctx, offerGoodsInput.parse({ requestKey: `pledge-goods-${++count}-x`, ...giver, lines }));
  await inspectGoods(finance(), inspectGoodsInput.parse({ id: offer._id, lines: [{ line: '0', usable: String(quantity) }] }));
  return acceptGoods(as(manager, 'fundManager'), { id: offer._id });
};
const inKind = [
  { kind: 'labour', item: '志愿服务', quantity: '3', unit: '人天', dueOn: '2027-02-01' },
  { kind: 'goods', item: '大米', quantity: '200', unit: '袋', value: '18000.00', dueOn: '2027-01-15' },
];

test('goods and work are kept in their own units by accepted goods and noted days, move no money, and lead to fulfilled with it', async () => {
  const before = JSON.stringify(await findStatement(ctx, whole));
  const pledge = await pledged({ inKind, total: '1000.00', instalments: [{ dueOn: '2027-03-01', amount: '1000.00' }] });
  expect(pledge).toMatchObject({ totalFen: 1000_00, nextDueOn: '2027-01-15' });
  expect(pledge.instalments.map(({ rank, dueOn }) => [rank, dueOn])).toEqual([
    [1, '2027-01-15'],
    [2, '2027-02-01'],
    [3, '2027-03-01'],
  ]);
  expect(await refusal(awaitInstalment(finance(), pledge, 1))).toBe('state.not-allowed');
  const [rice, oil] = [await acceptedRice(150), await acceptedRice(90, { name: '食用油', unit: '桶' })];
  const of = (fields: Record<string, unknown>) => ({ id: pledge._id, requestKey: `keeps-${++count}-kept`, ...fields });
  const keep = (fields: Record<string, unknown>) => keepGoods(finance(), keepGoodsInput.parse(of({ goodsRank: '1', ...fields })));
  const goods = `${rice.number}/1`;
  expect(await refusal(keep({ goods: `${oil.number}/1`, goodsQuantity: '10' }))).toBe('other-unit');
  expect(await refusal(keep({ goods, goodsQuantity: '151' }))).toBe('number-too-large');
  expect(await refusal(keep({ goods, goodsQuantity: '10', goodsRank: '3' }))).toBe('not-a-choice');
  const twice = keepGoodsInput.parse(of({ goods, goodsRank: '1', goodsQuantity: '120' }));
  await Promise.all([keepGoods(finance(), twice), refusal(keepGoods(finance(), twice))]);
  expect(await keepGoods(finance(), twice)).toMatchObject({ state: { name: 'part' }, keptInKind: [{ rank: 1, quantity: 120 }] });
  expect(await refusal(keep({ goods, goodsQuantity: '31' }))).toBe('number-too-large'); // 30 are left of the offer
  await keep({ goods: `${(await acceptedRice(80)).number}/1`, goodsQuantity: '80' });
  expect(await now(pledge)).toMatchObject({ state: { name: 'part' }, nextDueOn: '2027-02-01' });
  const work = (fields: Record<string, unknown>) => noteLabour(finance(), noteLabourInput.parse(of({ labourRank: '2', ...fields })));
  expect(await refusal(work({ labourQuantity: '1', on: '2027-01-01' }))).toBe('in-the-future');
  await work({ labourQuantity: '3', on: '2026-11-22' });
  expect(await refusal(withdrawPledge(finance(), { id: pledge._id, reason: '登记错了' }))).toBe('state.not-allowed');
  expect(JSON.stringify(await findStatement(ctx, whole))).toBe(before);
  await assignGift(finance(), { id: pledge._id, giftNumber: (await transfer({ amount: '1000.00' })).number });
  expect(await now(pledge)).toMatchObject({
    state: { name: 'fulfilled' },
    keptInKind: [{}, {}, { rank: 2, quantity: 3, by: officer._id }],
  });
});

test('an officer records goods alone, in any order of days; list, page, reminder and release say them in their unit', async () => {
  const agent = await agentOf(county.app, officer._id, ctx);
  const { instalments: _, total: __, ...fields } = typed();
  const rows = Object.fromEntries(inKind.flatMap((row, at) => Object.entries(row).map(([k, v]) => [`inKind.${at}.${k}`, v])));
  const blank = { total: '', 'instalments.0.dueOn': '', 'instalments.0.amount': '' };
  const sent = await submit(agent, '/donations/pledges/new', '/donations/pledges', { ...fields, ...rows, ...blank } as Record<
    string,
    string
  >);
  expect(sent.status).toBe(303);
  const address = String(sent.headers['location']);
  const page = await agent.get(address).expect(200);
  expect(page.text).toContain('大米 200 袋、志愿服务 3 人天');
  expect(page.text).toContain('协议写 ¥18,000.00，不入账');
  expect((await agent.get('/donations/pledges').expect(200)).text).toContain('大米 200 袋');
  const sentOut: string[] = [];
  const messenger = { send: async ({ text }: { text: string }) => void sentOut.push(text) };
  const thanking = { messenger, translator: await loadTranslator(), publicBaseUrl: 'http://127.0.0.1' };
  const pledgeId = address.split('/').at(-1) ?? '';
  for (const rank of [1, 2]) await tellOfInstalment(ctx, thanking, { pledgeId, rank, when: 'before' });
  expect(sentOut).toEqual([expect.stringContaining('大米 200 袋 将在 2027年1月15日'), expect.stringContaining('志愿服务 3 人天 将在')]);
  const wrong = await submit(agent, address, `${address}/labour`, {
    requestKey: 'too-much-work-1',
    rank: '2',
    on: '2026-11-22',
    quantity: '4',
  });
  expect([wrong.status, wrong.text.includes('href="#f-labourQuantity"')]).toEqual([422, true]);
  await askRelease(finance(), { id: pledgeId, reason: '停产半年', report: '县政府网站公开' });
  const decider = await agentOf(county.app, manager._id, ctx);
  expect((await decider.get(address).expect(200)).text).toContain('没到的（大米 200 袋、志愿服务 3 人天）不用再捐');
});

test('late beyond the days that are allowed it is breached, and mended by what comes', async () => {
  const pledge = await pledged({ instalments: [{ dueOn: '2026-09-01', amount: '1000.00' }] });
  await followPledges(ctx);
  expect((await now(pledge)).state.name).toBe('breached');
  const gift = await transfer({ amount: '1000.00' });
  await assignGift(finance(), { id: pledge._id, giftNumber: gift.number });
  expect((await now(pledge)).state.name).toBe('fulfilled');
});

test('hardship releases by two: asked with report, decided by another; then nothing is awaited or assigned', async () => {
  const pledge = await pledged();
  const both = { ...finance(), actor: { ...finance().actor, grants: [{ role: 'fundManager', scope: '130499' }] } } as Context;
  await askRelease(finance(), { id: pledge._id, reason: '停产半年', report: '和民〔2026〕31 号，县政府网站公开' });
  expect(await refusal(decideRelease(both, { id: pledge._id, decision: 'release' }))).toBe('rule.same-person');
  const decision = { id: pledge._id, decision: 'release' } as const;
  await Promise.all([decideRelease(as(manager, 'fundManager'), decision), refusal(decideRelease(as(manager, 'fundManager'), decision))]);
  await followPledges(ctx);
  expect(await now(pledge)).toMatchObject({ state: { name: 'released', by: manager._id } });
  expect(await refusal(awaitInstalment(finance(), await now(pledge), 1))).toBe('state.not-allowed');
});

test('an officer records from the paper: what does not add up comes back with all that was typed', async () => {
  const agent = await agentOf(county.app, officer._id, ctx);
  const flat = (total: string) => {
    const { instalments, ...fields } = typed({ total });
    return {
      ...fields,
      ...Object.fromEntries(instalments.flatMap((row, at) => Object.entries(row).map(([k, v]) => [`instalments.${at}.${k}`, v]))),
    };
  };
  const wrong = await submit(agent, '/donations/pledges/new', '/donations/pledges', flat('1000.01') as Record<string, string>);
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('各期加起来和总额不一样')]);
  expect(wrong.text).toContain('value="300.00"');
  const right = await submit(agent, '/donations/pledges/new', '/donations/pledges', flat('1000.00') as Record<string, string>);
  expect(right.status).toBe(303);
  const page = await agent.get(String(right.headers['location'])).expect(200);
  expect(page.text).toContain('逾期 14 天');
  const list = await agent.get('/donations/pledges').expect(200);
  expect(list.text).toContain(company.organisationName);
});

test('recorded by mistake it is taken back with a reason, as long as nothing was paid; money under its number is a gift all the same', async () => {
  const desk = await agentOf(county.app, officer._id, ctx);
  const [pledge, paid] = [await pledged(), await pledged()];
  const page = `/donations/pledges/${pledge._id}`;
  const awaited = await awaitInstalment(finance(), pledge, 1);
  const unsaid = await submit(desk, page, `${page}/withdrawals`, { reason: '' });
  expect([unsaid.status, unsaid.text.includes('href="#f-reason"')]).toEqual([422, true]);
  expect((await submit(desk, page, `${page}/withdrawals`, { reason: '同一份协议登记了两次' })).headers['location']).toBe(page);
  await followPledges(ctx);
  expect(await now(pledge)).toMatchObject({ state: { name: 'withdrawn', by: officer._id } });
  expect((await desk.get('/donations/pledges?view=ended')).text).toContain(pledge.number);
  expect(await refusal(awaitInstalment(finance(), await now(pledge), 1))).toBe('state.not-allowed');
  expect(await Gift.findById(awaited._id).lean()).toMatchObject({ state: { name: 'withdrawn' } });
  expect(await transfer({ giftNumber: awaited.number, amount: '400.00' })).toMatchObject({ state: { name: 'received' } });

  await transfer({ giftNumber: (await awaitInstalment(finance(), await now(paid), 1)).number, amount: '400.00' });
  expect(await refusal(withdrawPledge(finance(), { id: paid._id, reason: '不捐了' }))).toBe('state.not-allowed');
});

test('its giver takes it back before anything is due; then the promise binds (DO5), as does one from a signed paper', async () => {
  const organisation = { kind: 'company', name: '和安县青禾农机有限公司', creditCode: '91130499MA0DEM048E' } as const;
  const registered = { requestKey: 'takes-back', contactName: '田野', mobile: '13900005833', password: testPassword };
  const donor = await registerDonor(ctx, { ...organisation, ...registered });
  const person = await samplePerson(ctx, [{ role: 'donorMember', scope: donor._id }]);
  const agent = await agentOf(county.app, person._id, ctx);
  const member = {
    ...as(person, 'donorMember'),
    actor: { id: person._id, kind: 'person', grants: [{ role: 'donorMember', scope: donor._id }] },
  } as const;
  const promise = (dueOn: string) => {
    const { payerName: _, creditCode: __, contactName: ___, phone: ____, ...own } = typed({ instalments: [{ dueOn, amount: '1000.00' }] });
    return recordOwnPledge(member, ownPledgeInput.parse(own));
  };
  const [early, due] = [await promise('2027-03-01'), await promise('2026-11-20')];
  const page = `/my/pledges/${early._id}`;
  expect((await submit(agent, page, `${page}/withdrawals`, {})).headers['location']).toBe(page);
  expect((await agent.get(page)).text).toContain('已收回');
  expect((await agent.get(`/my/pledges/${due._id}`)).text).not.toContain('/withdrawals');
  expect(await refusal(withdrawPledgeOfOwn(member, { id: due._id }))).toBe('pledge.binds');
  const { name: payerName, creditCode, kind: donorKind } = organisation;
  const fromPaper = await pledged({ payerName, creditCode, donorKind, instalments: [{ dueOn: '2027-03-01', amount: '1000.00' }] });
  expect(await refusal(withdrawPledgeOfOwn(member, { id: fromPaper._id }))).toBe('pledge.binds');
  expect(await refusal(withdrawPledgeOfOwn(member, { id: (await pledged())._id }))).toBe('not-found');
});

test('the form offers an organisation what the give page does, and staff what an agreement may name', async () => {
  const purposesOn = ({ text }: { text: string }) =>
    [...(/<select[^>]*name="purpose"[\s\S]*?<\/select>/.exec(text)?.[0] ?? '').matchAll(/value="(\w+)"/g)].map(([, value]) => value);
  const donor = await registerDonor(ctx, {
    ...{ requestKey: 'chooses-purpose', kind: 'company', name: '和安县春雨种业有限公司', creditCode: '91130499MA0DEM072Y' },
    ...{ contactName: '田野', mobile: '13900005855', password: testPassword },
  });
  const member = await agentOf(county.app, (await samplePerson(ctx, [{ role: 'donorMember', scope: donor._id }]))._id, ctx);
  const staff = await agentOf(county.app, officer._id, ctx);
  expect(purposesOn(await member.get('/my/pledges/new'))).toEqual(['general', 'illness', 'schooling', 'disasterOrAccident', 'goods']);
  expect(purposesOn(await staff.get('/donations/pledges/new'))).toEqual([...publicPurposes]);
});

test('instalments stand in the order of their days, whichever was typed first', async () => {
  const days = ['2027-06-01', '2026-12-01', '2027-01-15'];
  const { instalments, nextDueOn } = await pledged({ total: '300.00', instalments: days.map((dueOn) => ({ dueOn, amount: '100.00' })) });
  expect(instalments.map(({ rank, dueOn }) => [rank, dueOn])).toEqual([
    [1, '2026-12-01'],
    [2, '2027-01-15'],
    [3, '2027-06-01'],
  ]);
  expect(nextDueOn).toBe('2026-12-01');
});

test('in the end each gift adds up', async () => {
  expect((await Promise.all(donationsTruths.map((truth) => truth.check(ctx)))).flat()).toEqual([]);
});

test('a reminder of a pledge that was taken back meanwhile ends quietly', async () => {
  const pledge = await pledged();
  await withdrawPledge(finance(), { id: pledge._id, reason: '记错' });
  const messenger = { send: () => Promise.reject(new Error('nobody is told')) };
  const thanking = { messenger, translator: await loadTranslator({ strict: true }), publicBaseUrl: 'https://hean.example' };
  await tellOfInstalment(ctx, thanking, { pledgeId: pledge._id, rank: 1, when: 'before' });
});

test('who registers with the public code of an organisation does not see what it promised before, and sees what is promised from then on', async () => {
  const organisation = { donorKind: 'youthLeague', payerName: '共青团丙县委', creditCode: '13130499MB00000518' };
  const earlier = await pledged(organisation);
  county.practice.clock.advance(60_000);
  const { registeredBy = '' } = await registerDonor(ctx, {
    requestKey: 'pledges-before',
    kind: 'youthLeague',
    name: organisation.payerName,
    creditCode: organisation.creditCode,
    contactName: '路人',
    mobile: '13900007199',
    password: testPassword,
  });
  const agent = await agentOf(county.app, registeredBy, ctx);
  const later = await pledged(organisation);
  const list = (await agent.get('/my/pledges').expect(200)).text;
  expect([list.includes(earlier.number), list.includes(later.number)]).toEqual([false, true]);
  await agent.get(`/my/pledges/${earlier._id}`).expect(404);
  await agent.get(`/my/pledges/${later._id}`).expect(200);
  const awaited = await submit(agent, '/my/pledges/new', `/my/pledges/${earlier._id}/awaited-gifts`, { rank: '1' });
  expect(awaited.status).toBe(404);
});

test('who only reads for one organisation promises nothing in its name, though the same person gives for another', async () => {
  const register = (n: number, creditCode: string, name: string) =>
    registerDonor(ctx, {
      ...{ requestKey: `two-organisations-${n}`, kind: 'company', name, creditCode, contactName: '韩梅', mobile: `1390000710${n}` },
      password: testPassword,
    });
  const read = await register(1, '91130434MA0ABCDE67', '甲公司');
  const given = await register(2, '91130499MA0DEM013U', '乙公司');
  const person = await samplePerson(ctx, [
    { role: 'donorReader', scope: read._id },
    { role: 'donorMember', scope: given._id },
  ]);
  const agent = await agentOf(county.app, person._id, ctx);
  const form = { requestKey: 'two-organisations', purpose: 'general', signedOn: '2026-11-01', total: '5000.00' };
  const terms = { 'instalments.0.dueOn': '2027-01-01', 'instalments.0.amount': '5000.00' };
  expect((await submit(agent, '/my/pledges/new', '/my/pledges', { ...form, ...terms })).status).toBe(303);
  const pledges: Pledge[] = await Pledges.find({ ledger: ctx.ledger, donor: anyOf([read._id, given._id]) }).lean<Pledge[]>();
  const made = pledges.filter(({ instalments }) => instalments[0]?.dueOn === '2027-01-01');
  expect(made.map(({ donor }) => donor)).toEqual([given._id]);
});
