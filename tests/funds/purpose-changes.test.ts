import { aidCancelled, aidReserved } from '../../server/aid/aid.accounts';
import { gift, giftReceived } from '../../server/donations/donations.accounts';
import { sumGifts } from '../../server/donations/follow-gift';
import { mainBank, recordIncome } from '../../server/funds';
import { costLimits, isWithinCap, readCostRows, writeCostRows } from '../../server/funds/costs/cost-limits';
import { OperatingYear } from '../../server/funds/costs/operating-year.model';
import { askChangeInput, recordIncomeInput } from '../../server/funds/funds.inputs';
import { costBody, costFreeBelow, costNetAssets, costRows } from '../../server/funds/funds.settings';
import { askChange } from '../../server/funds/purpose-changes/ask-change';
import { confirmChange, declineChange } from '../../server/funds/purpose-changes/decide-change';
import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { divisionCode } from '../../server/kernel/division-code';
import { AppError } from '../../server/kernel/errors';
import { localDate, shanghaiDay } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { seededRandom } from '../../server/kernel/random';
import type { Role } from '../../server/kernel/roles';
import { debit, drawableFrom, findLotsOfOrigin, findOpenLots, post } from '../../server/ledger';
import { payable } from '../../server/payments/payments.accounts';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { enactSamplesOnce } from '../support/enacted-samples';
import { useTestKeys } from '../support/sign-in';
import { signingCode } from '../support/signing';
import { useTestLedger } from '../support/test-ledger';

const ledger = 'hean';
const clock = new SteppedClock('2026-11-24T02:00:00Z');
const today = localDate('2026-11-24');
const person = (id: string, role: Role): Context => ({
  ledger,
  actor: { id, kind: 'person', grants: [{ role, scope: '130499' }] },
  clock,
  random: seededRandom(id),
  locale: 'zh-CN',
});
const [finance, manager] = [person('usr_finance', 'financeOfficer'), person('usr_manager', 'fundManager')];
useTestKeys();
useTestLedger(ledger, clock);
beforeAll(async () => {
  await ensureIndexes();
  await enactSamplesOnce({
    proposer: person('usr_admin', 'countyAdmin'),
    confirmer: manager,
    scope: divisionCode('130499'),
    sourceDoc: 'test',
    definitions: [costBody, costNetAssets, costFreeBelow, costRows],
  });
});

let count = 0;
/** A gift of so many yuan in a restriction's pool. */
async function given(pool: string, yuan: number, lastDay?: string): Promise<string> {
  count += 1;
  const number = `D-2026-${String(count).padStart(6, '0')}`;
  const amount = yuan * 100;
  const ends = lastDay ? { lastDay: localDate(lastDay) } : {};
  await post(finance, {
    key: `gift:${number}:received`,
    kind: giftReceived,
    source: { type: 'gift', id: number },
    legs: [debit(mainBank, amount)],
    lots: [{ lot: gift(number), pool, amount, order: `2026-01-01/${number}`, origin: number, ...ends }],
  });
  return number;
}
const asked = (origin: string, fields: Record<string, string>) =>
  askChange(
    finance,
    askChangeInput.parse({
      requestKey: `change-${origin}-${Object.values(fields)
        .join('-')
        .replace(/[^A-Za-z0-9]/g, '')}`.slice(0, 64),
      origin,
      lot: gift(origin),
      purpose: 'general',
      consentOn: '2026-11-20',
      consentDocument: '同意书 7 号',
      reason: '原用途的家庭都已补足',
      ...fields,
    }),
  );
const confirmed = async (id: string, by = manager) => confirmChange(by, { id, code: await signingCode(by) });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) =>
      error instanceof AppError ? [error.code, ...error.issues.map(({ path, code }) => `${path} ${code}`)].join(' ') : String(error),
  );
const sumsOf = async (number: string) => (await sumGifts(finance, [number])).get(number);

test('a part of the free rest goes under the other restriction, keeps its origin and its place, and the gift is whole', async () => {
  const number = await given('restriction:schooling', 1_000);
  const change = await asked(number, { amount: '400.00', purpose: 'illness' });
  expect(await drawableFrom(finance, 'restriction:illness', today)).toBe(0);
  await confirmed(change._id);
  const [lot] = await findOpenLots(finance, 'restriction:illness');
  expect(lot).toMatchObject({ origin: number, balance: 400_00 });
  expect(await drawableFrom(finance, 'restriction:schooling', today)).toBe(600_00);
  expect(await sumsOf(number)).toEqual({
    aid: 0,
    goods: 0,
    held: 0,
    apart: 0,
    refund: 0,
    chargeback: 0,
    fee: 0,
    other: 0,
    left: 1_000_00,
  });
});

test('money past its last day is free again without one, with the consent; another last day can be given', async () => {
  const number = await given('restriction:disaster:2026-11-23', 500, '2026-11-23');
  expect(await drawableFrom(finance, 'restriction:disaster:2026-11-23', today)).toBe(0);
  await confirmed((await asked(number, { amount: '300.00', purpose: 'accident' }))._id);
  await confirmed((await asked(number, { amount: '200.00', purpose: 'accident', lastDay: '2026-12-31' }))._id);
  expect(await drawableFrom(finance, 'restriction:accident', today)).toBe(300_00);
  expect(await findOpenLots(finance, 'restriction:accident:2026-12-31')).toEqual([
    expect.objectContaining({ origin: number, balance: 200_00, lastDay: '2026-12-31' }),
  ]);
  expect(await sumsOf(number)).toMatchObject({ left: 500_00, other: 0 });
});

test('whoever asks cannot confirm; a second click changes nothing; what two changes want more than there is is refused', async () => {
  const number = await given('restriction:general:130499101', 100);
  const both = { ...manager, actor: { ...finance.actor, grants: [...finance.actor.grants, ...manager.actor.grants] } };
  const [first, second] = [await asked(number, { amount: '60.00' }), await asked(number, { amount: '70.00' })];
  expect(await codeOf(confirmed(first._id, both))).toBe('rule.same-person');
  await confirmed(first._id);
  expect(await codeOf(confirmChange(manager, { id: first._id, code: '000000' }))).toBe('done');
  expect(await codeOf(confirmed(second._id))).toBe('ledger.refused');
  expect(await sumsOf(number)).toMatchObject({ left: 100_00 });
});

test.each`
  fields                                           | issue
  ${{ amount: '100.01', purpose: 'illness' }}      | ${'input.invalid amount amount-too-large'}
  ${{ amount: '1.00', purpose: 'schooling' }}      | ${'input.invalid purpose same-purpose'}
  ${{ amount: '1.00', consentOn: '2026-11-25' }}   | ${'input.invalid consentOn in-the-future'}
  ${{ amount: '1.00', lastDay: '2026-11-23' }}     | ${'input.invalid lastDay day-is-over'}
  ${{ amount: '1.00', origin: 'D-2026-999999' }}   | ${'input.invalid origin no-such-money'}
  ${{ amount: '1.00', lot: 'gift:D-2026-999999' }} | ${'input.invalid lot not-a-choice'}
`('$issue', async ({ fields, issue }) => {
  expect(await codeOf(asked(await given('restriction:schooling', 100), fields))).toBe(issue);
});

test('a change that is declined moves nothing, cannot be confirmed, and the money may be asked for again', async () => {
  const number = await given('restriction:schooling', 200);
  const { _id: id } = await asked(number, { amount: '200.00', purpose: 'illness' });
  const before = await drawableFrom(finance, 'restriction:schooling', shanghaiDay(clock.now()));
  await declineChange(manager, { id, reason: '捐赠人没有签字' });
  expect(await declineChange(manager, { id, reason: '捐赠人没有签字' })).toMatchObject({ state: { name: 'declined' } });
  expect(await codeOf(confirmed(id))).toBe('state.not-allowed');
  expect(await drawableFrom(finance, 'restriction:schooling', shanghaiDay(clock.now()))).toBe(before);
  expect(await codeOf(confirmed((await asked(number, { amount: '200', purpose: 'illness' }))._id))).toBe('done');
});

test('running costs are filled from other purposes up to the cap and not past it, also by two changes at once', async () => {
  const number = await given('restriction:general', 300_000);
  const fill = async (amount: string) => (await asked(number, { amount, purpose: 'operating' }))._id;
  await confirmed(await fill('150000.00')); // nothing is spent yet: below 200,000 management is free
  expect(await codeOf(confirmed(await fill('50000.00')))).toBe('fund.cost-cap');
  await confirmed(await fill('49999.98'));
  expect(await drawableFrom(finance, 'restriction:operating', today)).toBe(199_999_98);

  // what is booked straight to running costs is counted as well, once
  const income = (key: string, amount: string) =>
    recordIncomeInput.parse({
      ...{ requestKey: key, source: 'interest', document: '利息单 9 号', legalBasis: '存款合同', bankSerial: key, amount },
      ...{ receivedOn: today, purpose: 'operating' },
    });
  const refused = recordIncome(finance, income('CAPINCOME-1', '0.02')).catch((error: AppError) => error.issues);
  expect(await refused).toEqual([expect.objectContaining({ path: 'purpose', code: 'cost-cap', params: expect.anything() })]);
  const last = income('CAPINCOME-2', '0.01');
  const before = await OperatingYear.findOne({ ledger: finance.ledger }).lean<OperatingYear>();
  await recordIncome(finance, last);
  await recordIncome(finance, last); // sent twice
  expect((await OperatingYear.findOne({ ledger: finance.ledger }).lean<OperatingYear>())?.filledFen).toBe((before?.filledFen ?? 0) + 1);
});

test('money that came back after its last day may be changed in its days of grace, and after them', async () => {
  const number = await given('restriction:disaster:2026-11-24', 300, '2026-11-24');
  const source = { type: 'test', id: 'grace' };
  const draws = [{ from: 'restriction:disaster:2026-11-24', lot: gift(number), amount: 300_00, to: { pool: payable('grace') } }];
  await post(manager, { key: 'aid:grace:reserved', kind: aidReserved, source, draws });
  clock.advance(24 * 3_600_000);
  await post(manager, { key: 'reversal:aid:grace:reserved', kind: aidCancelled, source, reverses: 'aid:grace:reserved', graceDays: 30 });
  const [back] = await findLotsOfOrigin(finance, number);
  expect(back).toMatchObject({ balance: 300_00, lastDay: '2026-12-25' });
  const lot = back?.code ?? '';
  await confirmed((await asked(number, { amount: '100.00', purpose: 'accident', lot }))._id);
  clock.advance(31 * 24 * 3_600_000);
  await confirmed((await asked(number, { amount: '200.00', purpose: 'accident', lot }))._id);
  expect(await sumsOf(number)).toMatchObject({ left: 300_00, other: 0 });
});

test('a change is not confirmed after the last day that it would give the money', async () => {
  const number = await given('restriction:schooling', 100);
  const change = await asked(number, { amount: '50.00', purpose: 'illness', lastDay: shanghaiDay(clock.now()) });
  clock.advance(24 * 3_600_000);
  expect(await codeOf(confirmed(change._id))).toBe('fund.day-over');
  expect(await findLotsOfOrigin(finance, number)).toEqual([expect.objectContaining({ code: gift(number), balance: 100_00 })]);
});

const rows = costRows.sample;
test.each`
  body                        | assets           | income           | spending        | least           | most
  ${'foundation'}             | ${0}             | ${10_000_000_00} | ${8_000_000_00} | ${7_000_000_00} | ${800_000_00}
  ${'fundraisingAssociation'} | ${0}             | ${10_000_000_00} | ${8_000_000_00} | ${7_000_000_00} | ${1_040_000_00}
  ${'association'}            | ${3_000_000_00}  | ${0}             | ${1_500_000_00} | ${240_000_00}   | ${225_000_00}
  ${'association'}            | ${10_000_000_00} | ${0}             | ${1_000_000_00} | ${600_000_00}   | ${130_000_00}
  ${'association'}            | ${9_999_999_99}  | ${0}             | ${1_000_000_00} | ${700_000_00}   | ${140_000_00}
  ${'association'}            | ${999_999_99}    | ${400_000_00}    | ${1_000_000_00} | ${200_000_00}   | ${200_000_00}
`('$body with assets of $assets and income of $income spends at least $least, manages with at most $most (FU4)', (figures) => {
  const { body, assets, income, spending, least, most } = figures;
  const limits = costLimits(rows, { body, netAssetsFen: fen(assets), lastIncomeFen: fen(income), spendingFen: fen(spending) });
  expect(limits).toEqual({ leastSpendingFen: least, mostManagementFen: most });
});

test.each`
  management    | within
  ${225_000_00} | ${true}
  ${225_000_01} | ${false}
`('with a cap of 225,000 management of $management is lawful: $within', ({ management, within }) => {
  expect(isWithinCap(management, { mostManagementFen: fen(225_000_00) }, 200_000_00)).toBe(within);
  expect(isWithinCap(199_999_99, { mostManagementFen: fen(0) }, 200_000_00)).toBe(true);
});

test('the table of floors and caps is typed as it is written', () => {
  expect(readCostRows(writeCostRows(rows))).toEqual(rows);
});
