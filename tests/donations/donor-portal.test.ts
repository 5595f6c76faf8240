import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { aidReserved } from '../../server/aid/aid.accounts';
import { confirmRange, enterRange, gift as giftLot, issueReceipt, recordBankGift, registerDonor } from '../../server/donations';
import { Donor } from '../../server/donations/donor.model';
import { Gift } from '../../server/donations/gift.model';
import { approveMerge, declineMerge } from '../../server/donations/merges/decide-merge';
import { DonorMerge } from '../../server/donations/merges/donor-merge.model';
import { proposeMerge } from '../../server/donations/merges/propose-merge';
import { resendReceipt } from '../../server/donations/receipts/tell-of-receipt';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { findPoolsFor, mainBank } from '../../server/funds';
import { askChangeInput } from '../../server/funds/funds.inputs';
import { askChange } from '../../server/funds/purpose-changes/ask-change';
import { confirmChange } from '../../server/funds/purpose-changes/decide-change';
import { findMembers, heldRoleFor } from '../../server/identity';
import { grantRole } from '../../server/identity/grant-role';
import { User } from '../../server/identity/user.model';
import type { Context } from '../../server/kernel/context';
import { shanghaiDay } from '../../server/kernel/local-date';
import { findAccounts, findEntryByKey, post } from '../../server/ledger';
import { payable } from '../../server/payments';
import { paymentPaid, paymentSent, transit } from '../../server/payments/payments.accounts';
import { anyOf } from '../../server/platform/mongo/operators';
import { readTable } from '../../server/platform/spreadsheets/read-table';
import { formatDay } from '../../server/platform/views/format';
import { press } from '../platform/practising';
import { pdfPages } from '../support/pdf-text';
import { agentOf, samplePerson, submit, testPassword } from '../support/sign-in';
import { signingCode } from '../support/signing';
import { useTemporaryFolder } from '../support/temporary-folder';
import { useGivingCounty } from './giving-county';

const county = useGivingCounty();
const { ctx } = county;
const folder = useTemporaryFolder();
const bend = '130499201201';
let union: Donor;
let owner: TestAgent;

beforeAll(async () => {
  union = await registerDonor(ctx, {
    requestKey: 'portal-union',
    kind: 'tradeUnion',
    name: '和安县总工会',
    creditCode: '81130434MC0000039T',
    contactName: '韩梅',
    mobile: '13900007001',
    password: testPassword,
  });
});
beforeEach(async () => {
  owner = await agentOf(county.app, union.registeredBy ?? '', ctx);
});

let serial = 0;
async function given(yuan: string, receivedOn: string, fields: Record<string, string> = {}): Promise<string> {
  serial += 1;
  const usual = { requestKey: `portal-gift-${serial}`, bankSerial: `PORTAL-${serial}`, donorKind: 'tradeUnion', purpose: 'illness' };
  const { name: payerName, creditCode = '' } = union;
  const gift = await recordBankGift(ctx, bankGiftInput.parse({ ...usual, receivedOn, amount: yuan, payerName, creditCode, ...fields }));
  return gift.number;
}

async function aid(id: string, yuan: number, isPaid: boolean, lot?: string): Promise<void> {
  const source = { type: 'test', id };
  const pools = await findPoolsFor(ctx, { cause: 'illness', village: bend, day: shanghaiDay(ctx.clock.now()) });
  const from = lot ? { from: 'restriction:general', lot } : { from: pools };
  const tags = { village: bend, cause: 'illness' };
  await post(ctx, {
    key: `${id}:reserved`,
    kind: aidReserved,
    source,
    tags,
    draws: [{ ...from, amount: yuan * 100, to: { pool: payable(id) } }],
  });
  if (!isPaid) return;
  await post(ctx, {
    key: `${id}:sent`,
    kind: paymentSent,
    source,
    draws: [{ from: payable(id), amount: 'all', to: { pool: transit(id) } }],
  });
  await post(ctx, { key: `${id}:paid`, kind: paymentPaid, source, tags, draws: [{ from: transit(id), amount: 'all', to: mainBank }] });
}

describe('an organisation’s statement', () => {
  test('before any gift every page says in words that there is nothing', async () => {
    for (const [path, words] of [
      ['/my/giving', '还没有捐赠'],
      ['/my/gifts', '还没有捐赠'],
      ['/my/statement', '这段日子没有捐赠，也没有付款'],
      ['/my/receipts', '还没有票据'],
    ] as const) {
      expect((await owner.get(path).expect(200)).text).toContain(words);
    }
    for (const file of ['pdf', 'xlsx']) await owner.get(`/my/statement.${file}`).expect(200);
  });

  test('says of each gift what came, was paid and is left, to the fen as the ledger, on page, paper and sheet alike; its history is found by day and state', async () => {
    const [first, second] = [await given('10000.01', '2026-03-02'), await given('500.00', '2026-11-20')];
    await given('777.77', '2026-11-20', { payerName: '另一家', creditCode: '91130499MA0DEM021N', donorKind: 'company', purpose: 'goods' });
    await aid('portal-1', 2_160, true);
    await aid('portal-2', 1_000, false);

    const { body } = await owner.get('/api/v1/my/statement?from=2026-01-01&to=2026-12-31').expect(200);
    expect(body).toMatchObject({
      agrees: true,
      total: { opening: 0, came: 10_500_01, paid: 2_160_00, back: 0, closing: 8_340_01, apart: 1_000_00, left: 7_340_01 },
      gifts: [
        { number: first, receivedOn: '2026-03-02', paid: 2_160_00, left: 6_840_01 },
        { number: second, paid: 0, left: 500_00 },
      ],
    });
    const lots = await findAccounts(ctx, [giftLot(first), giftLot(second)]);
    expect(lots.reduce((sum, { balance }) => sum + balance, 0)).toBe(body.total.left);

    const summer = await owner.get('/api/v1/my/statement?from=2026-06-01&to=2026-06-30').expect(200);
    expect(summer.body.total).toMatchObject({ opening: 10_000_01, came: 0, paid: 0, closing: 10_000_01 });
    const wrong = 'from=2026-12-31&to=2026-01-01';
    for (const page of ['/my/statement', '/my/gifts']) {
      const { text } = await owner.get(`${page}?${wrong}`).expect(200);
      expect([
        text.match(/id="q-to-error"[\s\S]*?<span>([^<]*)/)?.[1],
        /name="from"[^>]*value="([^"]*)/.exec(text)?.[1],
        /name="to"[^>]*value="([^"]*)/.exec(text)?.[1],
      ]).toEqual(['结束日期比开始还早', '2026-12-31', '2026-01-01']);
    }
    await owner.get(`/my/statement.xlsx?${wrong}`).expect(422);
    expect((await owner.get('/my/giving')).text).toContain('8,340.01');

    const [page = ''] = await pdfPages((await owner.get('/my/statement.pdf?from=2026-01-01&to=2026-12-31')).body as Buffer, folder);
    for (const words of [first, second, '10,500.01', '2,160.00', '7,340.01', '河湾村', '81130434MC0000039T']) expect(page).toContain(words);
    const sheet = await owner.get('/my/statement.xlsx?from=2026-01-01&to=2026-12-31').responseType('blob');
    const cells = (await readTable(sheet.body as Buffer, { rows: 99, columns: 20 })).flatMap((row) => row.cells);
    expect(cells).toEqual(expect.arrayContaining([first, second, '10500.01', '8340.01']));

    const november = await owner.get('/my/gifts?from=2026-11-01&to=2026-11-30&state=received').expect(200);
    expect(november.text).toContain('500.00');
    expect(november.text).not.toContain('10,000.01');
    expect((await owner.get('/my/gifts?state=refunded').expect(200)).text).toContain('没有符合');
  });

  /** What a row of the list of gifts says, cell by cell. */
  const cellsOf = (text: string, number: string) => {
    const row =
      /<tr>(?:(?!<tr>)[\s\S])*?<\/tr>/.exec(text.slice(text.lastIndexOf('<tr>', text.indexOf(`/my/gifts/${number}"`))))?.[0] ?? '';
    return [...row.matchAll(/<td class="amount[^"]*">([\s\S]*?)<\/td>/g)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, ''));
  };

  test('what a dispute sets apart has one word on every page, and the parts are the gift; lost, it was not given, and the pages say what went back', async () => {
    const fields = { requestKey: 'portal-disputed', amount: '1000.00', purpose: 'general', giver: 'member', method: 'card' };
    const { headers } = await submit(owner, '/give', '/gifts', fields);
    await press(headers['location'] ?? '', 'pay', 'card');
    await county.deliver();
    const gift = await Gift.findOne({ ledger: ctx.ledger, channel: 'online', donor: union._id }).lean<Gift>();
    const { number = '', code } = gift ?? {};
    const { paymentIntentId } = await county.giving.provider.readCheckoutSession(gift?.received?.proof ?? '');
    const { latest_charge } = await county.practice.stripe.paymentIntents.retrieve(paymentIntentId ?? '');
    await aid('portal-3', 400, true, giftLot(number));
    const { control } = county.practice.provider;
    const dispute = control.happen('open-dispute', String(latest_charge)) ?? '';
    await county.deliver();

    const pages = ['/my/gifts', `/my/gifts/${number}`, `/gifts/${code}`, '/my/statement', '/my/giving'];
    for (const page of pages) {
      expect((await owner.get(page).expect(200)).text).toContain('已留出');
      expect((await owner.get(`${page}?lang=en`).expect(200)).text).toContain('Set apart');
      await owner.get(`${page}?lang=zh-CN`);
    }
    expect((await owner.get(`/gifts/${code}`)).text).toMatch(/已留出<small>1 笔有争议<\/small><\/span><span class="figure">¥600\.00/);
    expect(cellsOf((await owner.get('/my/gifts')).text, number)).toEqual(['¥400.00', '¥600.00', '¥0.00', '¥1,000.00']);
    const { body } = await owner.get('/api/v1/my/statement').expect(200);
    expect(body.gifts.find((row: { number: string }) => row.number === number)).toMatchObject({
      paid: 400_00,
      apart: 600_00,
      left: 0,
      back: 0,
    });

    control.happen('lose-dispute', dispute);
    await county.deliver();
    const overview = (await owner.get('/my/giving')).text;
    // 10,500.01 given + 400.00 that running costs bear − 2,560.00 paid = 8,340.01
    for (const words of [
      '¥10,500.01',
      '到账 ¥11,500.01，其中 ¥1,000.00 退给了付款人',
      '运行经费补上',
      '¥400.00',
      '¥2,560.00',
      '¥8,340.01',
    ]) {
      expect(overview).toContain(words);
    }
    const list = (await owner.get('/my/gifts')).text;
    for (const words of ['共捐 ¥10,500.01，3 笔', '另有 ¥1,000.00 退给了付款人']) expect(list).toContain(words);
    expect(cellsOf(list, number)).toEqual(['¥400.00', '¥0.00', '¥600.00', '¥0.00', '¥1,000.00']);
  });

  test('gifts stand by the day on which they came, else were announced, the newest first, each once however the pages are turned', async () => {
    const early = await given('1.00', '2026-11-23');
    const late = await given('2.00', '2026-11-19'); // told later, come earlier
    const fields = { requestKey: 'portal-announced', amount: '3.00', purpose: 'general', giver: 'member', method: 'transfer' };
    await submit(owner, '/give', '/gifts', fields);
    const rowsOf = (text: string) =>
      [...text.matchAll(/<th scope="row" class="at-who"><a href="\/my\/gifts\/(D-[\d-]+)"/g)].map(([, number]) => number);
    const all = rowsOf((await owner.get('/my/gifts')).text);
    const gifts = await Gift.find({ ledger: ctx.ledger, number: anyOf(all.map(String)) }).lean<Gift[]>();
    const dayOf = (number: string | undefined) => {
      const gift = gifts.find((one) => one.number === number);
      return gift?.received?.on ?? (gift && shanghaiDay(gift.openedAt)) ?? '';
    };
    expect(all.map(dayOf)).toEqual(all.map(dayOf).sort().reverse());
    expect(all.indexOf(early)).toBeLessThan(all.indexOf(late));

    const turned: (string | undefined)[] = [];
    for (let next: string | undefined = '/my/gifts?limit=2'; next; ) {
      const { text }: { text: string } = await owner.get(next).expect(200);
      turned.push(...rowsOf(text));
      next = /href="([^"]*)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
      if (turned.length === 2) await given('4.00', '2026-11-24'); // comes meanwhile, and shifts nothing
    }
    expect(turned).toEqual(all);
  });

  test('a change of purpose that the giver agreed to stands on the pages of the gift: day, from, to, and to others no cause beside a sum', async () => {
    const person = (id: string, role: 'financeOfficer' | 'fundManager'): Context => ({
      ...ctx,
      actor: { id, kind: 'person', grants: [{ role, scope: '130499' }] },
    });
    const [finance, manager] = [person('usr_change_one', 'financeOfficer'), person('usr_change_two', 'fundManager')];
    const consent = { consentOn: '2026-11-20', consentDocument: '同意书 7 号', reason: '货架已经备足' };
    const changed = async (origin: string, requestKey: string) => {
      const asked = askChangeInput.parse({ requestKey, origin, lot: giftLot(origin), amount: '30.00', purpose: 'general', ...consent });
      const { _id: id } = await askChange(finance, asked);
      expect((await owner.get(`/my/gifts/${origin}`)).text).not.toContain('用途改过'); // asked for, not confirmed
      await confirmChange(manager, { id, code: await signingCode(manager) });
      const { code } = (await Gift.findOne({ ledger: ctx.ledger, number: origin }).lean<Gift>()) ?? {};
      const pages = [owner.get(`/my/gifts/${origin}`), owner.get(`/gifts/${code}`), request(county.app).get(`/gifts/${code}`)];
      return (await Promise.all(pages.map((page) => page.expect(200)))).map(({ text }) => text);
    };
    const goods = await given('50.00', '2026-11-18', { purpose: 'goods' });
    const today = formatDay(shanghaiDay(ctx.clock.now()), 'zh-CN');
    for (const text of await changed(goods, 'portal-change-1')) {
      for (const words of [today, '¥30.00 从“暖心超市货品”改为“哪里最急用在哪里”', '捐赠人 2026年11月20日同意'])
        expect(text).toContain(words);
      for (const inside of ['货架已经备足', '同意书 7 号']) expect(text).not.toContain(inside);
    }
    const illness = await given('50.00', '2026-11-18');
    const [own = '', behindLink = '', everybodys = ''] = await changed(illness, 'portal-change-2');
    for (const text of [own, behindLink]) {
      expect(text).toContain('<span>因病救助</span>'); // who chose it is not kept from it
      expect(text).toContain('¥30.00 从“因病救助”改为“哪里最急用在哪里”');
    }
    expect(everybodys).toContain('¥30.00 从“按捐赠人指定的用途”改为“哪里最急用在哪里”');
    expect(everybodys).not.toContain('因病救助');
  });
});

describe('the people of an organisation', () => {
  const invite = (agent: TestAgent, fields: Record<string, string>) => submit(agent, '/my/people', '/my/people', fields);
  const linkOn = (text: string) => /\/password\?link(?:=|&#x3D;)(lnk_\w+)/.exec(text)?.[1] ?? '';
  let people = 0;

  /** Somebody invited in a role, who has accepted. */
  async function member(role: string): Promise<{ id: string; agent: TestAgent; mobile: string }> {
    people += 1;
    const mobile = `1390000710${people}`;
    const { text } = await invite(owner, { requestKey: `member-${people}-key`, name: '刘一', mobile, role });
    const link = linkOn(text);
    const agent = request.agent(county.app);
    const accepted = await submit(agent, `/password?link=${link}`, '/password', { link, newPassword: testPassword, again: testPassword });
    expect(accepted.status).toBe(200);
    await submit(agent, '/sign-in', '/sign-in', { account: mobile, password: testPassword });
    const id = (await User.findOne({ ledger: ctx.ledger, mobileTail: mobile.slice(-4) }).lean<User>())?._id ?? '';
    return { id, agent, mobile };
  }
  const remove = (agent: TestAgent, id: string) => submit(agent, '/my/people', `/my/people/${id}/removal`, {});

  test('a link is shown once, the same for a form sent twice, and kept as a hash', async () => {
    const asked = { requestKey: 'invite-once-1', name: '刘一', mobile: '13900007199', role: 'donorReader' };
    const answer = await invite(owner, asked);
    const link = linkOn(answer.text);
    expect(link).not.toBe('');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(linkOn((await invite(owner, asked)).text)).toBe(link);
    expect((await owner.get('/my/people')).text).not.toContain(link);
    expect(JSON.stringify(await User.find({ ledger: ctx.ledger }).lean())).not.toContain(link);
    const again = await invite(owner, { ...asked, requestKey: 'invite-once-2' });
    expect([again.status, again.text.includes('已经在本单位里了')]).toEqual([422, true]);
    expect((await owner.get('/my/people')).text).not.toContain('邀请过期了');
    await User.updateOne({ ledger: ctx.ledger, mobileTail: '7199' }, { $set: { 'link.until': new Date(0) } });
    expect((await owner.get('/my/people')).text).toContain('邀请过期了');
  });

  test('a reader reads and a giver gives, and neither invites; removed, the next request finds nothing; back without a new link', async () => {
    const reader = await member('donorReader');
    for (const path of ['/my/giving', '/my/statement', '/my/receipts', '/my/gifts']) await reader.agent.get(path).expect(200);
    await reader.agent.get('/my/people').expect(403);
    expect((await reader.agent.get('/give')).text).not.toContain('value="member"');
    expect((await remove(owner, reader.id)).status).toBe(303);
    for (const path of ['/my/giving', '/my/statement', '/api/v1/my/statement']) await reader.agent.get(path).expect(403);

    const giver = await member('donorMember');
    const given = { requestKey: 'member-gives-1', amount: '66.00', purpose: 'general', giver: 'member', method: 'transfer' };
    expect((await submit(giver.agent, '/give', '/gifts', given)).status).toBe(303);
    await giver.agent.get('/my/people').expect(403);
    await remove(owner, giver.id);
    await giver.agent.get('/my/giving').expect(403);
    const back = await invite(owner, { requestKey: 'giver-again-1', name: '刘一', mobile: giver.mobile, role: 'donorReader' });
    expect([back.status, back.headers['location']]).toEqual([303, '/my/people']);
    await giver.agent.get('/my/giving').expect(200);
  });

  test('who has not accepted and is to act for others by now gets no link from an owner: it would open their work', async () => {
    const asked = { requestKey: 'invite-before-1', name: '刘二', mobile: '13900007198', role: 'donorReader' };
    await invite(owner, asked);
    const invited = await User.findOne({ ledger: ctx.ledger, mobileTail: '7198' }).lean<User>();
    await remove(owner, invited?._id ?? '');
    await grantRole(ctx, { id: invited?._id ?? '', requestKey: 'clerk-later-1', role: 'shopClerk', scope: 'shop_0123456789abcdefghjk' });
    for (const requestKey of ['invite-before-1', 'invite-before-2']) {
      const again = await invite(owner, { ...asked, requestKey });
      expect([again.status, linkOn(again.text)]).toEqual([422, '']);
    }
  });

  test('the last owner cannot go; of two who remove each other at one moment one stays', async () => {
    const self = union.registeredBy ?? '';
    const refused = await remove(owner, self);
    expect([refused.status, refused.text.includes('最后一位负责人')]).toEqual([409, true]);
    expect((await submit(owner, '/my/people', `/my/people/${self}/role`, { role: 'donorReader' })).status).toBe(409);
    const second = await member('donorOwner');
    const answers = await Promise.all([remove(owner, second.id), remove(second.agent, self)]);
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    const reach = await Promise.all([owner, second.agent].map(async (agent) => (await agent.get('/my/people')).status));
    expect(reach.sort()).toEqual([200, 403]);
  });
});

describe('two records of one donor', () => {
  const owners = async (donor: string) =>
    (await findMembers(ctx, donor, ['donorOwner'])).flatMap((user) =>
      heldRoleFor(ctx, user, donor)?.role === 'donorOwner' ? [user._id] : [],
    );

  test('become one by two persons: lists and statement contain both, and no entry is rewritten', async () => {
    const officer = await samplePerson(ctx, [{ role: 'financeOfficer', scope: '130499' }]);
    const manager = await samplePerson(ctx, [{ role: 'fundManager', scope: '130499' }]);
    const [finance, approver] = [await agentOf(county.app, officer._id, ctx), await agentOf(county.app, manager._id, ctx)];
    const own = await given('100.00', '2026-11-21');
    const branch = { payerName: '和安县总工会（机关）', withoutCode: 'on', creditCode: '' };
    const number = await given('33.00', '2026-11-21', branch);
    const foreign = await given('5.00', '2026-11-21', { payerName: '和安县教育工会', creditCode: '81130499MC0001015Q' });
    const donorOf = async (gift: string) => (await Gift.findOne({ ledger: ctx.ledger, number: gift }).lean<Gift>())?.donor ?? '';
    const [from, into, other] = [await donorOf(number), await donorOf(own), await donorOf(foreign)];
    expect(new Set([from, into, other]).size).toBe(3);
    expect(await donorOf(await given('34.00', '2026-11-22', { ...branch, payerName: '和安县总工会 (机关)' }))).toBe(from); // one name, one record
    const member = await agentOf(county.app, (await owners(into))[0] ?? '', ctx);
    await member.get(`/my/gifts/${number}`).expect(404);
    const before = await findEntryByKey(ctx, `gift:${(await Gift.findOne({ number }).lean<Gift>())?._id}:received`);

    const page = `/donations/donors/${from}`;
    const propose = (target: string, requestKey: string, at = page) =>
      submit(finance, at, `${at}/merges`, { into: target, reason: '同一个单位', requestKey });
    const refused = await propose(other, 'merge-others', `/donations/donors/${into}`);
    expect([refused.status, refused.text.includes('信用代码不同')]).toEqual([422, true]);
    expect((await propose(into, 'merge-one-1')).status).toBe(303);
    expect((await propose(into, 'merge-one-1')).status).toBe(303); // sent twice: one proposal
    const [merge, ...others] = await DonorMerge.find({ ledger: ctx.ledger }).lean<DonorMerge[]>();
    expect(others).toEqual([]);
    const approval = `/donations/donor-merges/${merge?._id}/approval`;
    expect((await submit(finance, page, approval, {})).status).toBe(403);
    expect((await submit(approver, page, approval, {})).status).toBe(303);
    expect((await submit(approver, page, approval, {})).status).toBe(303);

    await member.get(`/my/gifts/${number}`).expect(200);
    expect((await member.get('/my/gifts')).text).toContain(number);
    const { body } = await member.get('/api/v1/my/statement?from=2026-11-21&to=2026-11-22').expect(200);
    expect(body.agrees).toBe(true);
    expect(body.gifts.filter((row: { came: number }) => row.came > 0).map((row: { came: number }) => row.came)).toEqual([
      100_00, 33_00, 34_00,
    ]);
    expect(await findEntryByKey(ctx, before?.key ?? '')).toEqual(before);
    expect(await donorOf(number)).toBe(from); // the gift is as it was written
    expect(await donorOf(await given('35.00', '2026-11-23', branch))).toBe(into); // what comes now goes to the one that stays
    expect((await approver.get(page)).text).toContain('已经并到另一份里');
    expect((await propose(other, 'merge-again-1')).status).toBe(422);
  });

  test('of which one was registered since it was proposed are looked at anew before they become one', async () => {
    const creditCode = '13130499MB00000518';
    const kind = { donorKind: 'youthLeague' };
    const [branch, firm] = [
      await given('14.00', '2026-11-20', { ...kind, payerName: '丁县团支部', withoutCode: 'on', creditCode: '' }),
      await given('15.00', '2026-11-20', { ...kind, payerName: '共青团丁县委', creditCode }),
    ];
    const donorOf = async (number: string) => (await Gift.findOne({ ledger: ctx.ledger, number }).lean<Gift>())?.donor ?? '';
    const [from, into] = [await donorOf(branch), await donorOf(firm)];
    const as = (id: string, role: 'financeOfficer' | 'fundManager') => ({
      ...ctx,
      actor: { id, kind: 'person' as const, grants: [{ role, scope: '130499' }] },
    });
    const { _id: id } = await proposeMerge(as('usr_finance', 'financeOfficer'), {
      id: from,
      into,
      reason: '同一家',
      requestKey: 'merge-raced-1',
    });
    await registerDonor(ctx, {
      ...{ requestKey: 'merge-raced', kind: 'youthLeague', name: '共青团丁县委', creditCode, contactName: '路人', mobile: '13900007299' },
      password: testPassword,
    });
    await expect(approveMerge(as('usr_manager', 'fundManager'), { id })).rejects.toMatchObject({ code: 'state.stale' });
  });

  test('who registers afterwards sees nothing that either gave before, and is told of no receipt of it: he need not be who gave then', async () => {
    const creditCode = '51130434MJ00000260';
    const league = { payerName: '共青团和安县委', donorKind: 'youthLeague', creditCode };
    const branch = { payerName: '河湾村团支部', donorKind: 'youthLeague', withoutCode: 'on', creditCode: '' };
    const [earlier, own] = [await given('12.00', '2026-11-20', branch), await given('13.00', '2026-11-20', league)];
    const giftOf = async (number: string) => (await Gift.findOne({ ledger: ctx.ledger, number }).lean<Gift>()) as Gift;
    const [from = '', into = ''] = [(await giftOf(earlier)).donor, (await giftOf(own)).donor];
    const as = (id: string, role: 'financeOfficer' | 'fundManager') => ({
      ...ctx,
      actor: { id, kind: 'person' as const, grants: [{ role, scope: '130499' }] },
    });
    const finance = as('usr_finance', 'financeOfficer');
    const asked = { id: from, into, reason: '同一家' };
    const { _id: doubted } = await proposeMerge(finance, { ...asked, requestKey: 'merge-before-0' });
    const [askerAgain, manager] = [as('usr_finance', 'fundManager'), as('usr_manager', 'fundManager')]; // one person with both roles
    for (const decision of [approveMerge(askerAgain, { id: doubted }), declineMerge(askerAgain, { id: doubted, reason: '算了' })]) {
      await expect(decision).rejects.toMatchObject({ code: 'rule.same-person' });
    }
    await declineMerge(manager, { id: doubted, reason: '要先问过他们' });
    await expect(approveMerge(manager, { id: doubted })).rejects.toMatchObject({ code: 'state.not-allowed' });
    expect(await Donor.findById(from).lean()).not.toHaveProperty('mergedInto');
    const { _id: id } = await proposeMerge(finance, { ...asked, requestKey: 'merge-before-1' });
    await approveMerge(manager, { id });
    county.practice.clock.advance(60_000);
    const { registeredBy = '' } = await registerDonor(ctx, {
      requestKey: 'portal-league',
      kind: 'youthLeague',
      name: '共青团和安县委',
      creditCode,
      contactName: '路人',
      mobile: '13900007099',
      password: testPassword,
    });
    const stranger = await agentOf(county.app, registeredBy, ctx);
    for (const number of [earlier, own]) await stranger.get(`/my/gifts/${number}`).expect(404);
    const since = await given('14.00', '2026-11-24', branch);
    await stranger.get(`/my/gifts/${since}`).expect(200);
    const { body } = await stranger.get('/api/v1/my/statement?from=2026-01-01&to=2026-12-31').expect(200);
    expect(body.gifts.map(({ number }: { number: string }) => number)).toEqual([since]);

    const numbers = { code: '1304990166', first: '0000000001', last: '0000000099', itemCode: '501010' };
    const range = await enterRange(finance, { requestKey: 'range-portal-1', payee: '和安县慈善总会', sourceDoc: '领用单', ...numbers });
    await confirmRange(as('usr_second', 'financeOfficer'), { id: range._id });
    for (const number of [earlier, own]) {
      const receipt = await issueReceipt(finance, { gift: (await giftOf(number))._id });
      await expect(resendReceipt(finance, { id: receipt._id, requestKey: `resend-${number}` })).rejects.toMatchObject({
        code: 'receipt.nobody-to-tell',
      });
    }
    expect((await stranger.get('/api/v1/my/receipts').expect(200)).body.count).toBe(0);
    const { _id } = await issueReceipt(finance, { gift: (await giftOf(since))._id });
    await expect(resendReceipt(finance, { id: _id, requestKey: 'resend-since' })).resolves.toMatchObject({ _id });
  });
});
