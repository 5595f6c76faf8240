import { aidCancelled, aidReserved } from '../../server/aid/aid.accounts';
import { gift, giftReceived } from '../../server/donations/donations.accounts';
import { confirmBudget, mainBank, proposeBudget, restriction, tellAlarm, watchFunds } from '../../server/funds';
import { Budget, FundAlarm } from '../../server/funds/budgets/budget.model';
import { budgetRows } from '../../server/funds/budgets/budget-pages';
import { alarmStep, budgetStatus } from '../../server/funds/budgets/budget-rules';
import { proposeBudgetInput } from '../../server/funds/budgets/budgets.inputs';
import { budgetWarnShare, refillFloors } from '../../server/funds/budgets/budgets.settings';
import { raisedAlarms } from '../../server/funds/budgets/find-budgets';
import { readFloors, writeFloors } from '../../server/funds/budgets/floors';
import { declineBudget } from '../../server/funds/budgets/set-budget';
import { SteppedClock } from '../../server/kernel/clock';
import { divisionCode } from '../../server/kernel/division-code';
import { AppError } from '../../server/kernel/errors';
import type { Role } from '../../server/kernel/roles';
import { debit, post } from '../../server/ledger';
import { payable } from '../../server/payments/payments.accounts';
import { loadTranslator } from '../../server/platform/i18n/translator';
import type { Message } from '../../server/platform/messages/messenger';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { OutboxEvent } from '../../server/platform/outbox/outbox-event.model';
import { enactSamplesOnce } from '../support/enacted-samples';
import { samplePerson, testContext, useTestKeys } from '../support/sign-in';
import { signingCode } from '../support/signing';
import { useTestLedger } from '../support/test-ledger';

test.each`
  used      | amount    | status
  ${0}      | ${100_00} | ${'quiet'}
  ${79_99}  | ${100_00} | ${'quiet'}
  ${80_00}  | ${100_00} | ${'near'}
  ${100_00} | ${100_00} | ${'near'}
  ${100_01} | ${100_00} | ${'over'}
`('$used of $amount is $status at a share of 80%', ({ used, amount, status }) => {
  expect(budgetStatus(used, amount, 8_000)).toBe(status);
});

test.each`
  raised   | cause    | step
  ${false} | ${true}  | ${'raise'}
  ${true}  | ${true}  | ${'stay'}
  ${true}  | ${false} | ${'settle'}
  ${false} | ${false} | ${'stay'}
`('an alarm that is raised: $raised with a cause: $cause does $step', ({ raised, cause, step }) => {
  expect(alarmStep(raised, cause)).toBe(step);
});

test('floors are typed and shown as the same lines; a purpose that is none, or twice, is no table', () => {
  const rows = readFloors('illness 50000\nschooling 300.50');
  expect(rows).toEqual([
    { purpose: 'illness', floorFen: 50_000_00 },
    { purpose: 'schooling', floorFen: 300_50 },
  ]);
  expect(readFloors(writeFloors(rows as Parameters<typeof writeFloors>[0]))).toEqual(rows);
  for (const text of ['roads 100', 'illness', 'illness 1\nillness 2'])
    expect(refillFloors.schema.safeParse(readFloors(text)).success).toBe(false);
});

const clock = new SteppedClock('2026-11-24T02:00:00Z');
const system = testContext(clock);
const person = (id: string, role: Role) => testContext(clock, { actor: { id, kind: 'person', grants: [{ role, scope: '130499' }] } });
const [finance, manager] = [person('usr_finance', 'financeOfficer'), person('usr_manager', 'fundManager')];
useTestKeys();
useTestLedger('hean', clock);
beforeAll(async () => {
  await ensureIndexes();
  await enactSamplesOnce({
    proposer: person('usr_admin', 'countyAdmin'),
    confirmer: manager,
    scope: divisionCode('130499'),
    sourceDoc: 'test',
    definitions: [budgetWarnShare, { ...refillFloors, sample: [{ purpose: 'illness', floorFen: 500_00 }] }],
  });
});

async function given(number: string, yuan: number): Promise<void> {
  await post(finance, {
    key: `gift:${number}:received`,
    kind: giftReceived,
    source: { type: 'gift', id: number },
    legs: [debit(mainBank, yuan * 100)],
    lots: [{ lot: gift(number), pool: restriction('illness'), amount: yuan * 100, order: `2026-01-01/${number}`, origin: number }],
  });
}
const reserved = (id: string, yuan: number) =>
  post(manager, {
    key: `aid:${id}:reserved`,
    kind: aidReserved,
    source: { type: 'aidCase', id },
    draws: [{ from: restriction('illness'), amount: yuan * 100, to: { pool: payable(id) } }],
  });
const cancelled = (id: string) =>
  post(manager, {
    key: `reversal:aid:${id}:reserved`,
    kind: aidCancelled,
    source: { type: 'aidCase', id },
    reverses: `aid:${id}:reserved`,
  });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const proposed = (amount: string, key: string, purpose = 'illness') =>
  proposeBudget(finance, proposeBudgetInput.parse({ requestKey: key, year: '2026', purpose, amount, document: '会议纪要 12 号' }));
const confirmed = async (id: string, by = manager) => confirmBudget(by, { id, code: await signingCode(by) });
const ringing = async () =>
  (await FundAlarm.find({ 'state.name': 'raised' }).lean<FundAlarm[]>()).map(({ kind, crossings }) => `${kind} ${crossings}`).sort();

test('a budget is set by two, its use is what was reserved or paid, and a later one takes its place', async () => {
  await given('D-2026-000001', 10_000);
  const both = { ...manager, actor: { ...finance.actor, grants: [...finance.actor.grants, ...manager.actor.grants] } };
  const first = await proposed('1000.00', 'budget-key-1');
  const t = (await loadTranslator({ strict: true })).in('zh-CN');
  expect(await budgetRows(system, t, 2026)).toEqual([]);
  expect(await codeOf(confirmed(first._id, both))).toBe('rule.same-person');
  await confirmed(first._id);
  await reserved('case-1', 700);
  expect(await budgetRows(system, t, 2026)).toEqual([expect.objectContaining({ amountFen: 1_000_00, usedFen: 700_00, leftFen: 300_00 })]);
  await cancelled('case-1');
  expect(await budgetRows(system, t, 2026)).toEqual([expect.objectContaining({ usedFen: 0 })]);
  await confirmed((await proposed('2000.00', 'budget-key-2'))._id);
  expect(await budgetRows(system, t, 2026)).toEqual([expect.objectContaining({ amountFen: 2_000_00 })]);
});

test('a budget that is declined holds for nothing and cannot be confirmed; the one in force stays', async () => {
  const t = (await loadTranslator({ strict: true })).in('zh-CN');
  const before = await budgetRows(system, t, 2026);
  const { _id: id } = await proposed('9000.00', 'budget-declined');
  await declineBudget(manager, { id });
  expect(await declineBudget(manager, { id })).toMatchObject({ state: { name: 'declined' } });
  expect(await codeOf(confirmed(id))).toBe('state.not-allowed');
  expect(await budgetRows(system, t, 2026)).toEqual(before);
});

test('of two first budgets that are confirmed at once one holds, and the other may take its place afterwards', async () => {
  const other = person('usr_other', 'fundManager');
  const [small, large] = await Promise.all([
    proposed('1000.00', 'budget-key-3', 'schooling'),
    proposed('9000.00', 'budget-key-4', 'schooling'),
  ]);
  const codes = [await signingCode(manager), await signingCode(other)] as const;
  const done = await Promise.all([
    codeOf(confirmBudget(manager, { id: small._id, code: codes[0] })),
    codeOf(confirmBudget(other, { id: large._id, code: codes[1] })),
  ]);
  expect([...done].sort()).toEqual(['done', 'state.stale']);
  const holding = async () => {
    const found = await Budget.find({ year: 2026, purpose: 'schooling', 'state.name': 'confirmed' }).lean<Budget[]>();
    return found.map(({ _id }) => _id);
  };
  const [first, second] = done[0] === 'done' ? [small, large] : [large, small];
  expect(await holding()).toEqual([first._id]);
  await confirmed(second._id, second === small ? manager : other);
  expect(await holding()).toEqual([second._id]);
});

test('an alarm rings once for each crossing, is told to who keeps the funds, and rings again when it is crossed again', async () => {
  await watchFunds(system);
  expect(await ringing()).toEqual([]);
  await reserved('case-2', 1_600);
  expect(await watchFunds(system)).toBe(1);
  expect(await watchFunds(system)).toBe(0);
  expect(await ringing()).toEqual(['budgetNear 1']);
  await reserved('case-3', 8_000);
  expect(await watchFunds(system)).toBe(2);
  expect(await ringing()).toEqual(['budgetNear 1', 'budgetOver 1', 'purposeLow 1']);
  expect((await raisedAlarms(system)).map(({ kind }) => kind)).toEqual(['budgetOver', 'purposeLow']); // what is over is not nearly used

  const keeper = await samplePerson(system, [{ role: 'financeOfficer', scope: '130499' }]);
  const sent: Message[] = [];
  const alarming = {
    messenger: { send: async (message: Message) => void sent.push(message) },
    t: (await loadTranslator({ strict: true })).in('zh-CN'),
    publicBaseUrl: 'https://x.example',
  };
  const low = (await FundAlarm.findOne({ kind: 'purposeLow' }).lean<FundAlarm>()) as FundAlarm;
  expect(await OutboxEvent.countDocuments({ topic: 'fundAlarm.raised', 'payload.alarmId': low._id })).toBe(1);
  await tellAlarm(system, alarming, { alarmId: low._id, crossing: 1 });
  expect(sent.map(({ text }) => text)).toEqual(['“因病救助”能用的只剩 ¥400.00，低于 ¥500.00，请补充。 https://x.example/funds']);
  expect(sent[0]?.key).toContain(keeper._id);

  await cancelled('case-3');
  expect(await watchFunds(system)).toBe(0);
  expect(await ringing()).toEqual(['budgetNear 1']);
  await tellAlarm(system, alarming, { alarmId: low._id, crossing: 1 });
  expect(sent).toHaveLength(1);
  await reserved('case-4', 8_000);
  await watchFunds(system);
  expect(await ringing()).toEqual(['budgetNear 1', 'budgetOver 2', 'purposeLow 2']);
});
