import { findAuditEvents } from '../../server/audit';
import { fen } from '../../server/kernel/money';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import {
  confirmSetting,
  countProposalsToConfirm,
  declineSetting,
  defineSetting,
  defineSettingCheck,
  enactSamples,
  findSettingVersionOrThrow,
  proposeSetting,
  settingInForce,
  settingReader,
  settingsInForce,
  zSettingFen,
  zSettingWhole,
} from '../../server/settings';
import { withdrawSetting } from '../../server/settings/decline-setting';
import { findVersionsOf } from '../../server/settings/find-setting-versions';
import { useTestKeys } from '../support/sign-in';
import { useTestDatabase } from '../support/test-database';
import { admin, clock, manager, person, proposal } from './sample-settings';

const cap = defineSetting({ name: 'test.cap', room: 'settings', unit: 'fen', schema: zSettingFen(), sample: fen(6_000_00) });
const lease = defineSetting({ name: 'test.lease', room: 'settings', unit: 'points', schema: zSettingWhole(0, 1_000), sample: 20 });
const pinAbove = defineSetting({ name: 'test.pinAbove', room: 'settings', unit: 'points', schema: zSettingWhole(0, 1_000), sample: 50 });
defineSettingCheck([lease, pinAbove], 'number-too-large', (points, limit) => points <= limit);

useTestDatabase();
useTestKeys();
beforeAll(ensureIndexes);

const at = (day: string, place = '130499101201') => ({ day: day as never, place });
const refusedAt = (path: string, code: string) => ({ code: 'input.invalid', issues: [expect.objectContaining({ path, code })] });
const confirmed = async (changes: Parameters<typeof proposal>[0]) =>
  confirmSetting(manager, { id: (await proposeSetting(admin, proposal(changes)))._id });

beforeEach(async () => {
  clock.set('2026-11-24T02:00:00Z');
});

test('a number has no value until two people have set one', async () => {
  const none = { code: 'rule.none-in-force', details: { name: 'test.cap', place: '130499101201', day: '2026-11-24' } };
  await expect(settingInForce(admin, cap, at('2026-11-24'))).rejects.toMatchObject(none);
  const first = await proposeSetting(admin, proposal({ name: 'test.cap', value: '3,000', effectiveFrom: '2020-04-01' }));
  expect(first).toMatchObject({ state: { name: 'proposed', by: 'usr_admin' }, value: 3_000_00, version: 1 });
  await expect(settingInForce(admin, cap, at('2026-11-24'))).rejects.toMatchObject(none);

  await expect(confirmSetting(admin, { id: first._id })).rejects.toMatchObject({ code: 'rule.same-person' });
  const done = await confirmSetting(manager, { id: first._id });
  expect(done).toMatchObject({ confirmedBy: 'usr_manager', state: { name: 'confirmed' } });
  expect(await settingInForce(admin, cap, at('2026-11-24'))).toEqual({ value: 3_000_00, versionId: first._id });
  await expect(settingInForce(admin, cap, at('2020-03-31'))).rejects.toMatchObject({ code: 'rule.none-in-force' });
});

test('the same request twice is one proposal, the same confirmation twice one change', async () => {
  const asked = proposal({ name: 'test.cap', value: '4000', effectiveFrom: '2026-12-01' });
  const [once, twice] = [await proposeSetting(admin, asked), await proposeSetting(admin, asked)];
  expect(twice).toEqual(once);
  await confirmSetting(manager, { id: once._id });
  const again = await confirmSetting(manager, { id: once._id });
  expect(again).toEqual(await findSettingVersionOrThrow(admin, once._id));
  expect(await findVersionsOf(admin, 'test.cap')).toHaveLength(2);
});

test('a new version ends the one before it the day before, and nothing else of it changes', async () => {
  const [current] = await findVersionsOf(admin, 'test.cap');
  await confirmed({ name: 'test.cap', value: '5000', effectiveFrom: '2027-01-01' });
  const after = await findSettingVersionOrThrow(admin, String(current?._id));
  expect(after).toEqual({ ...current, effectiveTo: '2026-12-31', version: after.version });
  const read = await settingReader(admin, cap);
  expect(['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'].map((day) => read(at(day)).value)).toEqual([
    3_000_00, 4_000_00, 4_000_00, 5_000_00,
  ]);
});

test('what has come stays: a version begins tomorrow at the earliest', async () => {
  const today = proposal({ name: 'test.cap', value: '9000', effectiveFrom: '2026-11-24' });
  await expect(proposeSetting(admin, today)).rejects.toMatchObject(refusedAt('effectiveFrom', 'setting.from-tomorrow'));
  clock.set('2026-11-24T15:59:59Z'); // 23:59:59 in Shanghai
  const late = await proposeSetting(admin, proposal({ name: 'test.cap', value: '9000', effectiveTo: '2026-11-30' }));
  clock.set('2026-11-24T16:00:00Z'); // its first day has come
  await expect(confirmSetting(manager, { id: late._id })).rejects.toMatchObject(refusedAt('effectiveFrom', 'setting.from-tomorrow'));
  await declineSetting(manager, { id: late._id, reason: '晚了一天' });
});

test('each step leaves its trace: who, what, and what was before', async () => {
  const { rows } = await findAuditEvents(admin, { subjectType: 'setting', subjectId: 'test.cap', what: 'setting.confirmed' }, { limit: 1 });
  expect(rows).toMatchObject([
    {
      actor: 'usr_manager',
      before: { value: '4000.00', effectiveFrom: '2026-12-01' },
      after: { value: '5000.00', effectiveFrom: '2027-01-01', scope: '130499' },
    },
  ]);
  const declined = await findAuditEvents(admin, { what: 'setting.declined' }, { limit: 5 });
  expect(declined.rows).toMatchObject([{ actor: 'usr_manager', reason: '晚了一天' }]);
});

test('an overlap with a later version is refused at the field', async () => {
  const open = proposal({ name: 'test.cap', value: '9000', effectiveFrom: '2026-12-15' });
  await expect(proposeSetting(admin, open)).rejects.toMatchObject(refusedAt('effectiveTo', 'setting.overlaps'));
});

test('a version that has not begun can be corrected by another with the same first day', async () => {
  const [wrong] = await findVersionsOf(admin, 'test.cap');
  const right = await confirmed({ name: 'test.cap', value: '5500', effectiveFrom: '2027-01-01' });
  expect(await findSettingVersionOrThrow(admin, String(wrong?._id))).toMatchObject({
    state: { name: 'replaced', by: 'usr_manager' },
    value: 5_000_00,
  });
  expect(await settingInForce(admin, cap, at('2027-01-01'))).toEqual({ value: 5_500_00, versionId: right._id });
});

test('a township has its own number, and the rest of the county keeps its', async () => {
  await confirmed({ name: 'test.cap', value: '7000', scope: '130499101', effectiveFrom: '2027-03-01' });
  const values = await Promise.all(['130499101201', '130499201201'].map((place) => settingInForce(admin, cap, at('2027-03-01', place))));
  expect(values.map(({ value }) => value)).toEqual([7_000_00, 5_500_00]);
});

test.each`
  changes                            | path               | code
  ${{ value: 'much' }}               | ${'value'}         | ${'not-yuan'}
  ${{ scope: '130434' }}             | ${'scope'}         | ${'not-a-choice'}
  ${{ effectiveTo: '2026-11-24' }}   | ${'effectiveTo'}   | ${'setting.ends-before-it-begins'}
  ${{ effectiveFrom: '2020-01-01' }} | ${'effectiveFrom'} | ${'setting.from-tomorrow'}
`('$changes is refused at $path and leaves nothing behind', async ({ changes, path, code }) => {
  const before = await findVersionsOf(admin, 'test.cap');
  const attempt = proposeSetting(admin, proposal({ name: 'test.cap', value: '8000', effectiveFrom: '2027-06-01', ...changes }));
  await expect(attempt).rejects.toMatchObject(refusedAt(path, code));
  expect(await findVersionsOf(admin, 'test.cap')).toEqual(before);
});

test('an unknown number, and one of another county, are not there', async () => {
  await expect(proposeSetting(admin, proposal({ name: 'no.such', value: '1' }))).rejects.toMatchObject({ code: 'not-found' });
  const [known] = await findVersionsOf(admin, 'test.cap');
  const foreign = person('usr_foreign', 'fundManager', '130499', 'other');
  await expect(confirmSetting(foreign, { id: String(known?._id) })).rejects.toMatchObject({ code: 'not-found' });
  await expect(settingInForce(foreign, cap, at('2027-03-01'))).rejects.toMatchObject({ code: 'rule.none-in-force' });
});

test('the number that is in force is not proposed again, unless it is to end earlier or hold for one place', async () => {
  const same = { name: 'test.cap', value: '5500.00', effectiveFrom: '2028-01-01' };
  await expect(proposeSetting(admin, proposal(same))).rejects.toMatchObject(refusedAt('value', 'setting.same-value'));
  for (const changes of [{ effectiveTo: '2028-12-31' }, { scope: '130499201' }]) {
    const { _id } = await proposeSetting(admin, proposal({ ...same, ...changes }));
    await declineSetting(admin, { id: _id, reason: '只是试试' });
  }
});

test('one proposal at a time for a number and place; a declined one makes room', async () => {
  const first = await proposeSetting(admin, proposal({ name: 'test.cap', value: '8000', effectiveFrom: '2028-01-01' }));
  const second = proposal({ name: 'test.cap', value: '9000', effectiveFrom: '2028-01-01' });
  await expect(proposeSetting(admin, second)).rejects.toMatchObject(refusedAt('value', 'setting.already-proposed'));
  await declineSetting(admin, { id: first._id, reason: '算错了' });
  await expect(confirmSetting(manager, { id: first._id })).rejects.toMatchObject({ code: 'state.not-allowed' });
  await expect(declineSetting(manager, { id: first._id, reason: '再来' })).rejects.toMatchObject({ code: 'state.not-allowed' });
  await declineSetting(admin, { id: (await proposeSetting(admin, second))._id, reason: '不提了' });
});

test('a proposal is taken back by who made it, and by nobody else', async () => {
  const own = await proposeSetting(admin, proposal({ name: 'test.cap', value: '8000', effectiveFrom: '2028-01-01' }));
  expect([await countProposalsToConfirm(manager), await countProposalsToConfirm(admin)]).toEqual([1, 0]);
  await expect(withdrawSetting(manager, { id: own._id, reason: '不要' })).rejects.toMatchObject({ code: 'not-found' });
  await withdrawSetting(admin, { id: own._id, reason: '写错了文号' });
  const state = { name: 'declined', by: 'usr_admin' };
  expect(await findSettingVersionOrThrow(admin, own._id)).toMatchObject({ state, declinedBecause: '写错了文号' });
});

test('two numbers that must agree cannot be set apart, on any day', async () => {
  await confirmed({ name: 'test.pinAbove', value: '50', effectiveFrom: '2020-01-01' });
  const over = proposal({ name: 'test.lease', value: '60', effectiveFrom: '2026-12-01' });
  await expect(proposeSetting(admin, over)).rejects.toMatchObject(refusedAt('value', 'number-too-large'));
  await confirmed({ name: 'test.lease', value: '40', effectiveFrom: '2026-12-01' });
  const under = proposal({ name: 'test.pinAbove', value: '30', effectiveFrom: '2027-01-01' });
  await expect(proposeSetting(admin, under)).rejects.toMatchObject(refusedAt('value', 'number-too-large'));
  const inOnePlace = proposal({ name: 'test.pinAbove', value: '30', scope: '130499201', effectiveFrom: '2027-01-01' });
  await expect(proposeSetting(admin, inOnePlace)).rejects.toMatchObject(refusedAt('value', 'number-too-large'));
  await confirmed({ name: 'test.pinAbove', value: '40', effectiveFrom: '2027-01-01' });
});

test('two proposals confirmed at once that only together break a rule: one of them is refused', async () => {
  await confirmed({ name: 'test.lease', value: '30', effectiveFrom: '2028-01-01' });
  const tighter = await proposeSetting(admin, proposal({ name: 'test.pinAbove', value: '30', effectiveFrom: '2029-01-01' }));
  const wider = await proposeSetting(admin, proposal({ name: 'test.lease', value: '40', effectiveFrom: '2029-01-01' }));
  const outcomes = await Promise.allSettled([confirmSetting(manager, { id: tighter._id }), confirmSetting(manager, { id: wider._id })]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const { points, limit } = await settingsInForce(admin, { points: lease, limit: pinAbove }, at('2029-01-01'));
  expect(points.value).toBeLessThanOrEqual(limit.value);
});

test('the sample county sets its numbers by the same two acts, once', async () => {
  const other = {
    proposer: person('usr_admin', 'countyAdmin', '130499', 'other'),
    confirmer: person('usr_manager', 'fundManager', '130499', 'other'),
  };
  const sample = { ...other, scope: '130499' as never, sourceDoc: '和防贫办〔2025〕18 号（演示）', definitions: [cap, lease] };
  await enactSamples(sample);
  await enactSamples(sample);
  expect(await findVersionsOf(other.proposer, 'test.cap')).toMatchObject([
    {
      value: 6_000_00,
      effectiveFrom: '2020-01-01',
      sourceDoc: '和防贫办〔2025〕18 号（演示）',
      proposedBy: 'usr_admin',
      confirmedBy: 'usr_manager',
    },
  ]);
  const { cap: found, lease: points } = await settingsInForce(other.proposer, { cap, lease }, at('2026-11-24'));
  expect([found.value, points.value]).toEqual([6_000_00, 20]);
});
