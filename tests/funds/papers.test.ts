import type { Express } from 'express';
import { confirmPaper, givingBasis, paperRoutes, proposeCertificate, proposeFiledPlan, watchFunds } from '../../server/funds';
import { FundAlarm } from '../../server/funds/budgets/budget.model';
import { countFundWork } from '../../server/funds/budgets/find-budgets';
import { alarmText } from '../../server/funds/budgets/tell-alarm';
import { papersWarnDays } from '../../server/funds/funds.settings';
import { declinePaper } from '../../server/funds/papers/confirm-paper';
import { FiledPlan } from '../../server/funds/papers/filed-plan.model';
import { certificateInput, filedPlanInput } from '../../server/funds/papers/papers.inputs';
import { coveredUntil, endToWarnOf } from '../../server/funds/papers/papers-end';
import { papersPage } from '../../server/funds/papers/papers-pages';
import { endsOfPapers } from '../../server/funds/papers/warn-of-papers';
import type { User } from '../../server/identity';
import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { divisionCode } from '../../server/kernel/division-code';
import { AppError } from '../../server/kernel/errors';
import { localDate } from '../../server/kernel/local-date';
import type { Role } from '../../server/kernel/roles';
import { loadTranslator } from '../../server/platform/i18n/translator';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { fieldIssues } from '../../server/platform/validation/field-issues';
import { certificateOfTests, planOfTests, recordPapers } from '../donations/giving-county';
import { enactSamplesOnce } from '../support/enacted-samples';
import { agentOf, appWithPeople, samplePerson, submit, testContext, useTestKeys } from '../support/sign-in';
import { signingCode } from '../support/signing';
import { useTestRedis } from '../support/test-database';
import { useTestLedger } from '../support/test-ledger';

const days = (text: string) => text.split(' ').map((one) => ({ from: localDate(one.slice(0, 10)), to: localDate(one.slice(11)) }));

test.each`
  papers                                           | day             | until           | warned          | why
  ${'2026-01-01/2026-12-31'}                       | ${'2026-11-24'} | ${'2026-12-31'} | ${'2026-12-31'} | ${'the only one ends in 37 days'}
  ${'2026-01-01/2026-12-31'}                       | ${'2026-11-01'} | ${'2026-12-31'} | ${'2026-12-31'} | ${'sixty days before, that day included'}
  ${'2026-01-01/2026-12-31'}                       | ${'2026-10-31'} | ${'2026-12-31'} | ${undefined}    | ${'sixty-one days before'}
  ${'2026-01-01/2026-12-31 2027-01-01/2027-12-31'} | ${'2026-11-24'} | ${'2027-12-31'} | ${undefined}    | ${'the next follows without a day between'}
  ${'2026-01-01/2026-12-31 2027-01-02/2027-12-31'} | ${'2026-11-24'} | ${'2026-12-31'} | ${'2026-12-31'} | ${'one day between is a day without'}
  ${'2026-01-01/2026-12-31 2026-06-01/2027-06-30'} | ${'2026-11-24'} | ${'2027-06-30'} | ${undefined}    | ${'one that overlaps lasts longer'}
  ${'2026-01-01/2026-12-31'}                       | ${'2027-02-01'} | ${undefined}    | ${'2026-12-31'} | ${'it is over and nothing follows'}
  ${'2027-01-01/2027-12-31'}                       | ${'2026-11-24'} | ${undefined}    | ${undefined}    | ${'the first has not begun: nothing ends'}
`('papers of $papers last on $day until $until, warned of: $warned, $why', ({ papers, day, until, warned }) => {
  expect(coveredUntil(days(papers), localDate(day))).toBe(until);
  expect(endToWarnOf(days(papers), localDate(day), 60)).toBe(warned);
});

const clock = new SteppedClock('2026-11-24T02:00:00Z');
const system = testContext(clock);
const redis = useTestRedis();
useTestLedger('hean', clock);
useTestKeys();
let app: Express;
let finance: User;
let manager: User;
const as = ({ _id }: Pick<User, '_id'>, role: Role): Context =>
  testContext(clock, { actor: { id: _id, kind: 'person', grants: [{ role, scope: '130499' }] } });
const confirmed = async (id: string, by: Context) => confirmPaper(by, { id, code: await signingCode(by) });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? (error.issues[0]?.code ?? error.code) : String(error)),
  );
const nextPlan = { ...planOfTests, number: '53130499MJ0000018YA27001', from: '2027-01-01', to: '2027-12-31', filedOn: '2026-11-20' };
let count = 0;
const key = () => `paper-key-${++count}`;

beforeAll(async () => {
  await ensureIndexes();
  const [one, two] = [as({ _id: 'usr_one' }, 'countyAdmin'), as({ _id: 'usr_two' }, 'fundManager')];
  await enactSamplesOnce({
    proposer: one,
    confirmer: two,
    scope: divisionCode('130499'),
    sourceDoc: '演示',
    definitions: [papersWarnDays],
  });
  await recordPapers(system);
  app = await appWithPeople(redis, clock, { rooms: [paperRoutes({ demo: false })] });
  finance = await samplePerson(system, [{ role: 'financeOfficer', scope: '130499' }]);
  manager = await samplePerson(system, [{ role: 'fundManager', scope: '130499' }]);
});
beforeEach(() => redis.flushdb());

test('finance is warned once that the last filed plan ends, until one that follows has been confirmed by another person', async () => {
  const [officer, second] = [as(finance, 'financeOfficer'), as(manager, 'fundManager')];
  const t = (await loadTranslator({ strict: true })).in('zh-CN');
  const ringing = async () =>
    (await FundAlarm.find({ 'state.name': 'raised' }).lean<FundAlarm[]>()).map((alarm) => alarmText(t, 'zh-CN', alarm));
  expect(await countFundWork(officer)).toBe(0);
  expect([await watchFunds(system), await watchFunds(system)]).toEqual([1, 0]);
  expect(await ringing()).toEqual(['备案的募捐方案最后一天是 2026年12月31日，以后捐赠页会关上。请录入新的。']);
  expect(await countFundWork(officer)).toBe(1);
  expect((await papersPage(officer, t)).ending).toEqual(await ringing());

  const both = as(manager, 'fundManager');
  const own = await proposeFiledPlan(both, filedPlanInput.parse({ ...nextPlan, requestKey: key() }));
  expect(await refusal(confirmed(own._id, both))).toBe('rule.same-person');
  await declinePaper(both, { id: own._id });
  expect(await refusal(confirmed(own._id, as({ _id: 'usr_third' }, 'fundManager')))).toBe('state.not-allowed');

  const typed = filedPlanInput.parse({ ...nextPlan, requestKey: key() });
  const [proposal, again] = [await proposeFiledPlan(officer, typed), await proposeFiledPlan(officer, typed)];
  expect(again).toEqual(proposal);
  expect([await countFundWork(second), await countFundWork(officer)]).toEqual([2, 1]); // a paper to check, and the alarm
  await watchFunds(system);
  expect(await ringing()).toHaveLength(1);
  expect((await givingBasis(system, localDate('2027-01-01'))).open).toBe(false);

  await confirmed(proposal._id, second);
  await confirmed(proposal._id, second);
  expect(await FiledPlan.countDocuments({ ledger: 'hean' })).toBe(2);
  expect((await givingBasis(system, localDate('2027-01-01'))).open).toBe(true);
  await watchFunds(system);
  expect(await ringing()).toEqual([]);
});

test('the same paper is on record once, whoever enters it, also when two enter it at one time', async () => {
  const officer = as(finance, 'financeOfficer');
  expect(await refusal(proposeCertificate(officer, certificateInput.parse({ ...certificateOfTests, requestKey: key() })))).toBe(
    'paper-known',
  );
  const renewed = { ...certificateOfTests, validFrom: '2029-01-01', validTo: '2031-12-31' };
  const [one, two] = [
    await proposeCertificate(officer, certificateInput.parse({ ...renewed, requestKey: key() })),
    await proposeCertificate(officer, certificateInput.parse({ ...renewed, requestKey: key() })),
  ];
  await confirmed(one._id, as(manager, 'fundManager'));
  expect(await refusal(confirmed(two._id, as(manager, 'fundManager')))).not.toBe('done');
});

test.each`
  fields                                      | issue
  ${{ from: '2027-02-01', to: '2027-01-31' }} | ${'ends-before-it-begins'}
  ${{ ways: [] }}                             | ${'required'}
  ${{ ways: ['cash'] }}                       | ${'not-a-choice'}
  ${{ serves: 'county' }}                     | ${'not-a-choice'}
  ${{ accountNumber: '62-00' }}               | ${'account-number'}
  ${{ area: '110101' }}                       | ${'not-a-choice'}
`('a plan with $fields: $issue', ({ fields, issue }) => {
  const read = filedPlanInput.safeParse({ ...nextPlan, ...fields });
  expect(read.error && fieldIssues(read.error).map(({ code }) => code)).toEqual([issue]);
});

test('on its pages: what is wrong stands at its field, what was typed stays, and the other person compares and confirms', async () => {
  const officer = await agentOf(app, finance._id, system);
  const { ways: _both, ...typed } = { ...nextPlan, number: '53130499MJ0000018YA28001', from: '2028-01-01', to: '2028-12-31', ways: [] };
  const wrong = await submit(officer, '/funds/papers/plans/new', '/funds/papers/plans', {
    ...typed,
    requestKey: key(),
    filedOn: '2027-12-25',
    ways: 'online',
  });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('这一天还没到');
  expect(wrong.text).toContain('备案要比第一天早 10 天：照这个备案日期，最早从 2028年1月4日 起');
  expect(wrong.text).toContain('53130499MJ0000018YA28001');
  const sent = await submit(officer, '/funds/papers/plans/new', '/funds/papers/plans', { ...typed, requestKey: key(), ways: 'online' });
  expect(sent.status).toBe(303);
  const path = String(sent.headers['location']);
  expect((await officer.get(path).expect(200)).text).toContain('您录入的，要由另一位负责人核对');
  const second = await agentOf(app, manager._id, system);
  expect((await second.get(path).expect(200)).text).toContain(`action="${path}/confirmations"`);
  const code = await signingCode(as(manager, 'fundManager'));
  expect((await submit(second, path, `${path}/confirmations`, { code })).status).toBe(303);
  const page = (await second.get('/funds/papers').expect(200)).text;
  expect(page).toContain('捐赠页开着，凭的是资格证书 53130499MJ0000018Y 和备案方案 53130499MJ0000018YA26001');
  expect(page).toContain('53130499MJ0000018YA28001');
});

test.each`
  filedOn         | refused              | why
  ${'2026-11-23'} | ${undefined}         | ${'ten days before its first day'}
  ${'2026-11-24'} | ${'from 2026-12-04'} | ${'nine days before: the first lawful day is told'}
  ${'2026-12-01'} | ${'from 2026-12-11'} | ${'on its first day, which is also still to come'}
`('a plan from 2026-12-03 filed on $filedOn is refused at: $refused, $why', async ({ filedOn, refused }) => {
  const typed = { ...nextPlan, number: `53130499MJ0000018YA${filedOn}`, from: '2026-12-03', filedOn, requestKey: key() };
  const told = await proposeFiledPlan(as(finance, 'financeOfficer'), filedPlanInput.parse(typed)).then(
    () => undefined,
    (error: AppError) => error.issues[0],
  );
  expect(told && `${told.path} ${told.params?.['day']}`).toBe(refused);
});

test('the second person reads what a plan is for; a plan of one campaign neither opens the give page nor is missed when it ends', async () => {
  const [officer, second] = [as(finance, 'financeOfficer'), as(manager, 'fundManager')];
  const typed = {
    ...nextPlan,
    number: '53130499MJ0000018YK29001',
    from: '2029-01-01',
    to: '2029-01-31',
    serves: 'campaign',
    requestKey: key(),
  };
  const { _id } = await proposeFiledPlan(officer, filedPlanInput.parse(typed));
  const { text } = await (await agentOf(app, manager._id, system)).get(`/funds/papers/${_id}`).expect(200);
  expect(text).toContain('<dt>这份方案用于</dt><dd>一个募捐活动</dd>');
  expect(text).toContain('日常的捐赠页不凭它收捐款');
  await confirmed(_id, second);
  expect((await givingBasis(system, localDate('2029-01-15'))).open).toBe(false);
  const ends = await endsOfPapers(officer);
  expect(ends.map(({ lastDay }) => lastDay)).not.toContain('2029-01-31');
});
