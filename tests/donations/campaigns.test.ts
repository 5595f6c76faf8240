import request from 'supertest';
import { findAuditEvents } from '../../server/audit';
import { endCampaigns, gift as giftLot, recordBankGift } from '../../server/donations';
import { type Campaign, Campaign as Campaigns } from '../../server/donations/campaigns/campaign.model';
import {
  changeCampaignInput,
  draftCampaignInput,
  editDraftInput,
  stopCampaignInput,
} from '../../server/donations/campaigns/campaigns.inputs';
import { confirmProposal } from '../../server/donations/campaigns/confirm-proposal';
import { draftCampaign, editDraft } from '../../server/donations/campaigns/draft-campaign';
import { openCampaign } from '../../server/donations/campaigns/open-campaign';
import { declineProposal, proposeChange, proposeStop } from '../../server/donations/campaigns/propose-change';
import { Gift } from '../../server/donations/gift.model';
import { bankGiftInput } from '../../server/donations/staff.inputs';
import { Certificate } from '../../server/funds/papers/certificate.model';
import { FiledPlan } from '../../server/funds/papers/filed-plan.model';
import type { Context } from '../../server/kernel/context';
import { AppError } from '../../server/kernel/errors';
import { shanghaiDay } from '../../server/kernel/local-date';
import { findAccountOrThrow } from '../../server/ledger';
import { asAppError } from '../../server/platform/http/as-app-error';
import { formatDay } from '../../server/platform/views/format';
import { press } from '../platform/practising';
import { agentOf, samplePerson, submit } from '../support/sign-in';
import { signingCode } from '../support/signing';
import { recordCampaignPlan, useGivingCounty } from './giving-county';

const county = useGivingCounty();
const manager = (id: string): Context => ({
  ...county.ctx,
  actor: { id, kind: 'person', grants: [{ role: 'fundManager', scope: '130499' }] },
});
const opened = async (number: string, by: Context, revision = 0) => openCampaign(by, { number, revision, code: await signingCode(by) });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const said = {
  title: '秋季助学',
  titleEn: 'Schooling in autumn',
  story: '为四十名学生凑齐下学期的费用',
  goal: '1000.00',
  to: '2026-12-20',
};
let count = 0;
const drafted = async (fields: Record<string, string> = {}) => {
  count += 1;
  const [certificate, plan] = [
    await Certificate.findOne({}).lean(),
    fields['plan'] === undefined ? await recordCampaignPlan(county.ctx) : undefined,
  ];
  return draftCampaign(
    manager('usr_first'),
    draftCampaignInput.parse({
      requestKey: `campaign-${count}`,
      ...said,
      from: '2026-11-20',
      purpose: 'schooling',
      certificate: certificate?._id,
      plan: plan?._id,
      ...fields,
    }),
  );
};
let serial = 0;
/** The transfer of a gift that was announced. */
const arrive = (giftNumber: string, amount: string) => {
  serial += 1;
  const finance = { ...county.ctx, actor: { id: 'usr_finance', kind: 'person', grants: [{ role: 'financeOfficer', scope: '130499' }] } };
  const fields = { requestKey: `arrived-${serial}`, bankSerial: `NSH-K-${serial}`, receivedOn: '2026-11-24', checkedGiver: 'on' };
  return recordBankGift(finance as Context, bankGiftInput.parse({ ...fields, giftNumber, amount }));
};

test('an appeal opens by two and with both papers only; what it brings is tied to its purpose, and only what has arrived counts', async () => {
  const first = await drafted({ plan: '' });
  expect(await codeOf(opened(first.number, manager('usr_second')))).toBe('campaign.papers');
  const { number } = await drafted();
  expect(await codeOf(opened(number, manager('usr_first')))).toBe('rule.same-person');
  const give = (key: string) =>
    county.give({ requestKey: key, campaign: number, method: 'transfer', purpose: 'general', amount: '800.00' });
  expect((await give('give-before-open')).body.code).toBe('campaign.closed');
  await opened(number, manager('usr_second'));

  const [one, two] = [await give('give-to-campaign-1').expect(201), await give('give-to-campaign-2').expect(201)];
  const browse = (path: string) => request(county.app).get(path).expect(200);
  expect((await browse(`/campaigns/${number}`)).text).toContain('¥0.00');
  await arrive(one.body.number, '800.00');
  const page = (await browse(`/campaigns/${number}`)).text;
  expect(page).toContain('<b>80%</b>');
  expect(page).toContain('离目标还差 ¥200.00');
  expect((await findAccountOrThrow(county.ctx, giftLot(one.body.number))).pool).toBe('restriction:schooling');

  await arrive(two.body.number, '800.00');
  const full = (await browse(`/campaigns/${number}`)).text;
  expect(full).toContain('目标已经达到');
  expect(full).toContain('比目标多 ¥600.00');
  expect(full).toContain('结转下一年度同一用途');
  await Gift.updateOne({ ledger: county.ctx.ledger, number: two.body.number }, { returnedFen: 700_00 });
  const less = (await browse(`/campaigns/${number}`)).text;
  for (const words of ['已到账 ¥900.00', '到账以后，有 ¥700.00 退给了付款人，已经减去']) expect(less).toContain(words);
  expect((await browse('/give')).text).toContain('秋季助学');
  expect((await browse(`/give?campaign=${number}`)).text).toContain(`name="campaign" value="${number}"`);
});

describe('a draft', () => {
  const [first, second] = [manager('usr_first'), manager('usr_second')];
  const edited = (number: string, fields: Record<string, string>, by = first, revision = 0) => {
    count += 1;
    const key = { requestKey: `editing-${count}`, number, revision };
    return editDraft(by, editDraftInput.parse({ ...key, ...said, from: '2026-11-20', purpose: 'schooling', ...fields }));
  };
  const issuesOf = (work: Promise<unknown>) =>
    work.then(
      () => [],
      (error: AppError) => error.issues.map(({ path, code }) => `${path} ${code}`),
    );

  test('is written anew, with the plan that was filed meanwhile; the audit has what differs', async () => {
    const { number, _id } = await drafted({ plan: '' });
    const certificate = String((await Certificate.findOne({}).lean())?._id);
    expect(await codeOf(edited(number, { certificate }))).toBe('campaign.nothing-changed');
    const plan = await recordCampaignPlan(county.ctx);
    const now = await edited(number, { certificate, plan: plan._id, goal: '2000.00', titleEn: '', storyEn: 'For forty pupils' });
    expect(now).toMatchObject({ plan: plan._id, goalFen: 2_000_00, storyEn: 'For forty pupils', draftedBy: 'usr_first' });
    expect(now.titleEn).toBeUndefined();
    expect((await opened(number, second, 1)).state.name).toBe('opened');
    const { rows } = await findAuditEvents(county.ctx, { subjectType: 'campaign', subjectId: _id }, { limit: 20 });
    expect(rows.find(({ what }) => what === 'campaign.edited')).toMatchObject({
      before: { amountFen: 1_000_00, titleEn: 'Schooling in autumn' },
      after: { amountFen: 2_000_00, storyEn: 'For forty pupils', plan: `${plan.number} 2026-01-01 – 2026-12-31` },
    });
    expect(await codeOf(edited(number, { goal: '3000.00' }, first, 1))).toBe('state.not-allowed');
  });

  test('comes back in its form with what was typed: a wrong field at the field, no change at all as the form’s own fault', async () => {
    const { number, certificate = '', plan = '' } = await drafted();
    const { _id } = await samplePerson(county.ctx, [{ role: 'fundManager', scope: '130499' }]);
    const agent = await agentOf(county.app, _id, county.ctx);
    const page = `/donations/campaigns/${number}/draft`;
    const typed = { ...said, from: '2026-11-20', purpose: 'schooling', certificate, plan, requestKey: 'editing-by-form', revision: '0' };
    const wrong = await submit(agent, page, page, { ...typed, goal: '一千', title: '冬季助学' });
    expect(wrong.status).toBe(422);
    for (const words of ['href="#f-goal"', 'value="一千"', 'value="冬季助学"']) expect(wrong.text).toContain(words);
    const same = await submit(agent, page, page, typed);
    expect([same.status, same.text.includes('没有哪一样和现在不同'), same.text.includes('aria-invalid')]).toEqual([409, true, false]);
    expect((await submit(agent, page, page, { ...typed, title: '冬季助学' })).headers['location']).toBe(`/donations/campaigns/${number}`);
    const read = (await agent.get(`/donations/campaigns/${number}`)).text;
    for (const words of ['冬季助学', '改过草稿', '您写的，要由另一位负责人核对公开']) expect(read).toContain(words);
    expect(read).not.toContain('/openings');
  });

  test('is opened by who has not written it last, and has read it as it stands', async () => {
    const { number, certificate = '', plan = '' } = await drafted();
    await edited(number, { certificate, plan, goal: '2000.00' }, second);
    expect(await codeOf(opened(number, second, 1))).toBe('rule.same-person');
    expect(await codeOf(opened(number, first))).toBe('state.stale');
    expect(await codeOf(edited(number, { certificate, plan, goal: '5000.00' }))).toBe('state.stale');
    expect((await opened(number, first, 1)).goalFen).toBe(2_000_00);
  });

  test.each`
    fields                                         | issues                          | why
    ${{ to: '2026-11-19' }}                        | ${['to ends-before-it-begins']} | ${'it ends before it begins'}
    ${{ from: '2026-11-01', to: '2026-11-02' }}    | ${['to day-is-over']}           | ${'its days are over'}
    ${{ certificate: 'crt_00000000000000000000' }} | ${['certificate not-a-choice']} | ${'no such certificate'}
  `('is not written anew with $fields: $why', async ({ fields, issues }) => {
    const { number } = await drafted();
    const wrong = async () => edited(number, fields);
    expect(await issuesOf(wrong().catch((error: unknown) => Promise.reject(asAppError(error))))).toEqual(issues);
  });
});

describe('the filed plan of a campaign', () => {
  const give = (fields: Record<string, string>) => county.give({ purpose: 'general', amount: '300.00', ...fields });
  const draftOn = async (fields: Parameters<typeof recordCampaignPlan>[1]) => {
    const plan = await recordCampaignPlan(county.ctx, fields);
    return { plan, number: (await drafted({ plan: plan._id })).number };
  };
  const pageOf = async (path: string) => (await request(county.app).get(path).expect(200)).text;

  test('is its own: neither the county’s general one, nor that of another campaign, also when two are opened at one moment', async () => {
    const general = await FiledPlan.findOne({ serves: 'general' }).lean();
    const refused = await drafted({ plan: general?._id ?? '' }).catch((error: AppError) => error.issues);
    expect(refused).toMatchObject([{ path: 'plan', code: 'plan-is-general' }]);

    const plan = await recordCampaignPlan(county.ctx);
    const [one, two] = [await drafted({ plan: plan._id }), await drafted({ plan: plan._id })];
    const open = (campaign: Campaign) => codeOf(opened(campaign.number, manager('usr_second')));
    const answers = await Promise.all([open(one), open(two)]);
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect([await open(one), await open(two)].sort()).toEqual(['campaign.papers', 'done']);
    const taken = await drafted({ plan: plan._id }).catch((error: AppError) => error.issues);
    expect(taken).toMatchObject([{ path: 'plan', code: 'plan-of-another' }]);
  });

  test('says the ways: its page offers no other, a card is refused at its field, and a transfer goes to its account', async () => {
    const { number } = await draftOn({ ways: ['bankTransfer'], accountNumber: '6200000000000000777' });
    await opened(number, manager('usr_second'));
    const page = await pageOf(`/give?campaign=${number}`);
    expect(page.match(/name="method" value="\w+"/g)).toEqual(['name="method" value="transfer"']);
    expect(await pageOf('/give')).toContain('name="method" value="card"');

    const card = await give({ requestKey: 'way-card', campaign: number, method: 'card' });
    expect([card.status, card.body.errors]).toMatchObject([422, [{ pointer: '#/method', code: 'way-not-filed' }]]);
    const { body } = await give({ requestKey: 'way-transfer', campaign: number, method: 'transfer' }).expect(201);
    expect(await pageOf(body.page)).toContain('6200000000000000777');
    expect((await county.post(`/api/v1/gifts/${body.code}/payments`, {})).body.payUrl).toBeNull();
  });

  test('online only: no transfer is offered or taken', async () => {
    const { number } = await draftOn({ ways: ['online'] });
    await opened(number, manager('usr_second'));
    expect(await pageOf(`/give?campaign=${number}`)).not.toContain('value="transfer"');
    const transfer = await give({ requestKey: 'way-no-transfer', campaign: number, method: 'transfer' });
    expect(transfer.body.errors).toMatchObject([{ pointer: '#/method', code: 'way-not-filed' }]);
    await give({ requestKey: 'way-online', campaign: number, method: 'card' }).expect(201);
  });

  test('is enough where the county has no general one, and general giving stays closed', async () => {
    const { number } = await draftOn({});
    await opened(number, manager('usr_second'));
    await FiledPlan.updateMany({ serves: 'general' }, { to: '2026-01-31' });
    try {
      expect((await give({ requestKey: 'own-plan-general', method: 'transfer' })).status).toBe(409);
      await give({ requestKey: 'own-plan-campaign', campaign: number, method: 'transfer' }).expect(201);
      expect(await pageOf(`/give?campaign=${number}`)).toContain(`name="campaign" value="${number}"`);
      const closed = await pageOf('/give');
      expect(closed).toContain('现在只收募捐活动的捐款');
      expect(closed).toContain(`/campaigns/${number}`);
    } finally {
      await FiledPlan.updateMany({ serves: 'general' }, { to: '2026-12-31' });
    }
  });

  test('that an earlier version let pass too late opens nothing before its first lawful day', async () => {
    const { number, plan } = await draftOn({});
    await opened(number, manager('usr_second'));
    await FiledPlan.updateOne({ _id: plan._id }, { filedOn: '2026-11-20' });
    expect((await give({ requestKey: 'late-plan', campaign: number, method: 'transfer' })).body.code).toBe('campaign.closed');
    expect(await pageOf(`/campaigns/${number}`)).not.toContain(`/give?campaign=${number}`);
    expect(await pageOf(`/give?campaign=${number}`)).not.toContain(`name="campaign" value="${number}"`);
  });
});

describe('an open campaign', () => {
  const first = manager('usr_first');
  const second = manager('usr_second');
  const running = async (fields: Record<string, string> = {}) => {
    const { number } = await drafted(fields);
    return opened(number, second);
  };
  const changed = (number: string, fields: Record<string, string>, by = first) => {
    count += 1;
    return proposeChange(by, changeCampaignInput.parse({ number, requestKey: `changing-${count}`, ...said, ...fields }));
  };
  const stopped = (number: string, reason: string, by = first) => {
    count += 1;
    return proposeStop(by, stopCampaignInput.parse({ number, requestKey: `stopping-${count}`, reason }));
  };
  const confirmed = async ({ number, proposal }: Campaign, by = second) =>
    confirmProposal(by, { number, proposal: proposal?.id ?? '', code: await signingCode(by) });
  const today = () => formatDay(shanghaiDay(county.ctx.clock.now()), 'zh-CN');
  const pageOf = async (path: string) => (await request(county.app).get(path).expect(200)).text;
  const issueOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof AppError ? (error.issues[0]?.path ?? error.code) : String(error)),
    );

  test('is changed by two; everybody sees on which day and what it said before; the audit has both', async () => {
    const { number } = await running();
    const proposed = await changed(number, { goal: '2000.00', to: '2026-12-31', story: '为六十名学生凑齐费用' });
    expect(await pageOf(`/campaigns/${number}`)).not.toContain('2,000.00');
    expect(await codeOf(confirmed(proposed, first))).toBe('rule.same-person');
    expect(await codeOf(changed(number, { title: '别的' }))).toBe('campaign.proposed');
    await confirmed(proposed);
    expect(await confirmed(proposed)).toMatchObject({ goalFen: 2_000_00, to: '2026-12-31', restriction: { purpose: 'schooling' } });
    const page = await pageOf(`/campaigns/${number}`);
    for (const words of [`${today()}改过`, '原来：¥1,000.00', '¥2,000.00', '原来：为四十名学生凑齐下学期的费用', '为六十名学生凑齐费用']) {
      expect(page).toContain(words);
    }
    const { rows } = await findAuditEvents(county.ctx, { subjectType: 'campaign', subjectId: proposed._id }, { limit: 20 });
    expect(rows.find(({ what }) => what === 'campaign.changed')).toMatchObject({
      before: { amountFen: 1_000_00, until: '2026-12-20', story: '为四十名学生凑齐下学期的费用' },
      after: { amountFen: 2_000_00, until: '2026-12-31', story: '为六十名学生凑齐费用' },
    });
  });

  test.each`
    fields                   | issue                         | why
    ${{}}                    | ${'campaign.nothing-changed'} | ${'nothing differs, which is no fault of one field'}
    ${{ to: '2026-11-21' }}  | ${'to'}                       | ${'the day is over'}
    ${{ to: '2027-01-01' }}  | ${'to'}                       | ${'the filed plan ends before it'}
    ${{ purpose: 'elders' }} | ${'campaign.nothing-changed'} | ${'a purpose never changes, whatever is sent'}
  `('is not changed to $fields: $why', async ({ fields, issue }) => {
    const { number } = await running();
    expect(await issueOf(changed(number, fields))).toBe(issue);
  });

  test('a proposal that was declined, or replaced, cannot be confirmed any more', async () => {
    const { number } = await running();
    const proposed = await changed(number, { title: '冬季助学' });
    await declineProposal(second, { number, proposal: proposed.proposal?.id ?? '' });
    expect(await codeOf(confirmed(proposed))).toBe('campaign.proposal-over');
    expect((await Campaigns.findOne({ number }).lean())?.title).toBe('秋季助学');
  });

  test('a proposal that is sent again is told what became of it: made, it is the campaign; come to nothing, that; with other content, a conflict', async () => {
    const { number } = await running();
    const change = (fields: Record<string, string>, requestKey: string) =>
      proposeChange(first, changeCampaignInput.parse({ number, requestKey, ...said, ...fields }));
    const stop = (reason: string, requestKey: string) => proposeStop(first, stopCampaignInput.parse({ number, requestKey, reason }));
    const declined = await change({ title: '冬季助学' }, 'again-declined');
    await declineProposal(second, { number, proposal: declined.proposal?.id ?? '' });
    expect(await codeOf(change({ title: '冬季助学' }, 'again-declined'))).toBe('campaign.proposal-over');
    await confirmed(await change({ goal: '2000.00' }, 'again-changed'));
    expect(await change({ goal: '2000.00' }, 'again-changed')).toMatchObject({ goalFen: 2_000_00, state: { name: 'opened' } });
    expect(await codeOf(change({ goal: '3000.00' }, 'again-changed'))).toBe('ledger.conflict');
    await confirmed(await stop('学费已由教育局全部减免', 'again-stopped'));
    expect(await stop('学费已由教育局全部减免', 'again-stopped')).toMatchObject({ state: { name: 'stopped' } });
    expect(await codeOf(stop('别的原因', 'again-stopped'))).toBe('ledger.conflict');
    expect(await codeOf(change({ title: '冬季助学' }, 'again-declined'))).toBe('campaign.proposal-over');
  });

  test('is stopped by two with a reason that everybody reads; it takes nothing more, but what was begun is received', async () => {
    const { number, _id } = await running();
    const give = (key: string, fields: Record<string, string> = {}) =>
      county.give({ requestKey: key, campaign: number, purpose: 'general', amount: '300.00', method: 'card', ...fields });
    const [paying, leaving] = [await give('stop-paying').expect(201), await give('stop-leaving').expect(201)];
    const announced = await give('stop-transfer', { method: 'transfer' }).expect(201);
    const proposed = await stopped(number, '学费已由教育局全部减免');
    expect(await codeOf(confirmed(proposed, first))).toBe('rule.same-person');
    await give('stop-not-yet', { method: 'transfer' }).expect(201);
    expect((await confirmed(proposed)).state).toMatchObject({ name: 'stopped', by: 'usr_second' });
    expect(await codeOf(changed(number, { title: '别的' }))).toBe('state.not-allowed');

    expect((await give('stop-too-late', { method: 'transfer' })).body.code).toBe('campaign.closed');
    const again = async (key: string, fields: Record<string, string> = {}) => (await give(key, fields).expect(201)).body;
    expect((await again('stop-transfer', { method: 'transfer' })).number).toBe(announced.body.number);
    expect((await again('stop-paying')).payUrl).toBe(paying.body.payUrl);
    const page = await pageOf(`/campaigns/${number}`);
    expect(page).toContain(`${today()}提前结束，不再接受捐款。原因：学费已由教育局全部减免`);
    const english = await pageOf(`/campaigns/${number}?lang=en`);
    for (const words of ['为四十名学生凑齐下学期的费用', '学费已由教育局全部减免']) {
      expect(english).toContain(`<span lang="zh-CN">${words}</span> <span class="small quiet">(in Chinese)</span>`);
    }
    expect(page).not.toContain(`/give?campaign=${number}`);
    expect(await pageOf('/give')).not.toContain(`/campaigns/${number}`);

    await press(paying.body.payUrl, 'pay', 'card');
    await county.deliver();
    await arrive(announced.body.number, '300.00');
    const kept = await Gift.find({ ledger: county.ctx.ledger, campaign: _id, 'state.name': 'received' }).lean();
    expect(kept.map(({ restriction }) => restriction.purpose)).toEqual(['schooling', 'schooling']);

    await press(leaving.body.payUrl, 'expire');
    await county.deliver();
    expect(await again('stop-leaving')).toMatchObject({ number: leaving.body.number, payUrl: null });
    const gift = await Gift.findOne({ ledger: county.ctx.ledger, number: leaving.body.number }).lean();
    expect((await county.post(`/api/v1/gifts/${gift?.code}/payments`, {})).body.code).toBe('campaign.closed');
    expect(await pageOf(`/gifts/${gift?.code}`)).toContain('已经不接受捐款');
  });

  test('a stop that is confirmed while somebody gives lets no gift through after it', async () => {
    const { number, _id } = await running();
    const proposed = await stopped(number, '目标已经达到');
    const answers = await Promise.all([
      confirmed(proposed).then(() => 201),
      ...[1, 2, 3].map(
        async (turn) => (await county.give({ requestKey: `race-stop-${turn}`, campaign: number, method: 'transfer' })).status,
      ),
    ]);
    const given = answers.slice(1).filter((status) => status === 201).length;
    expect(answers.slice(1).every((status) => status === 201 || status === 409)).toBe(true);
    expect(await Gift.countDocuments({ ledger: county.ctx.ledger, campaign: _id })).toBe(given);
  });
});

// Last, since it moves the book's time by days.
test('nobody can give to it after its last day, before any job has run; the job ends it once', async () => {
  const { number } = await drafted({ to: '2026-11-25' });
  await opened(number, manager('usr_second'));
  county.practice.clock.advance(3 * 86_400_000);
  const late = await county.give({ requestKey: 'give-too-late', campaign: number, method: 'transfer' });
  expect([late.status, late.body.code]).toEqual([409, 'campaign.closed']);
  expect(await endCampaigns(county.ctx)).toBeGreaterThanOrEqual(1);
  expect(await endCampaigns(county.ctx)).toBe(0);
});
