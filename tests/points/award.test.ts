import { AppError } from '../../server/kernel/errors';
import { localDate } from '../../server/kernel/local-date';
import { balanceOf, findEntryByKey, findOpenLots, findPools } from '../../server/ledger';
import { confirmDeed, expirePoints, findMonthRoom, findPointsOf, points, pointsTruths, recordDeed, rejectDeed } from '../../server/points';
import { expiredUnspent } from '../../server/points/points.accounts';
import {
  award,
  cadre,
  clock,
  deed,
  household,
  liushu,
  manager,
  person,
  requestKey,
  rule,
  system,
  township,
  usePointsCounty,
} from './points-county';

afterAll(async () => expect((await Promise.all(pointsTruths.map((truth) => truth.check(system)))).flat()).toEqual([]));
usePointsCounty();

const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

test('a key is its person’s own: another person’s deed under it is another deed', async () => {
  const [{ household: zhang }, { household: li }] = [await household('张小明'), await household('李大伟')];
  const asked = { requestKey: 'one-key-two-people', rule: await rule('照看邻居', 20), day: clock.now().toISOString().slice(0, 10) };
  const [first, second] = [
    await recordDeed(cadre, { ...asked, household: zhang._id } as never),
    await recordDeed({ ...cadre, actor: { ...cadre.actor, id: 'usr_second' } }, { ...asked, household: li._id } as never),
  ];
  expect([first.household, second.household]).toEqual([zhang._id, li._id]);
});

describe('a deed', () => {
  test('becomes a lot of points when a second person confirms it', async () => {
    const { household: zhang } = await household('张小明');
    const recorded = await deed(zhang, await rule('照看邻居', 20), '2026-11-20');
    expect((await findPointsOf(township, zhang)).balance).toBe(0);

    const awarded = await confirmDeed(township, { id: recorded._id });
    expect(awarded.award).toMatchObject({ points: 20, mode: 'trim', lastDay: '2027-11-30' });
    expect(await findPointsOf(township, zhang)).toMatchObject({
      balance: 20,
      months: [{ month: '2026-11', lastDay: '2027-11-30', points: 20 }],
    });
    const entry = await findEntryByKey(township, `deed:${recorded._id}:confirmed`);
    expect(entry).toMatchObject({ seq: awarded.award?.seq, kind: 'points.awarded', tags: { village: liushu } });
    expect((await confirmDeed(township, { id: recorded._id })).award).toEqual(awarded.award);
  });

  test('is confirmed by another person than its recorder', async () => {
    const { household: one } = await household('李梅');
    const recorded = await deed(one, await rule('庭院干净', 5), '2026-11-21');
    expect(await outcome(confirmDeed(cadre, { id: recorded._id }))).toBe('rule.same-person');
    expect(await outcome(rejectDeed(cadre, { id: recorded._id, reason: '不属实' }))).toBe('rule.same-person');
    expect(await outcome(confirmDeed(person('usr_cadre2', 'villageCadre', liushu), { id: recorded._id }))).toBe('done');
  });

  test('is out of sight for another village', async () => {
    const { household: one } = await household('王国');
    const recorded = await deed(one, await rule('庭院干净', 5), '2026-11-21');
    expect(await outcome(confirmDeed(person('usr_x', 'townshipOfficer', '130499201'), { id: recorded._id }))).toBe('not-found');
  });

  test('counts once per household, activity, day and rule; rejected, it may be recorded again', async () => {
    const { household: one } = await household('孙兰');
    const sweeping = await rule('村里清扫', 10);
    const first = await deed(one, sweeping, '2026-11-22');
    expect(await outcome(deed(one, sweeping, '2026-11-22'))).toBe('points.already-recorded');
    expect(await outcome(deed(one, sweeping, '2026-11-22', 'afternoon'))).toBe('done');
    await rejectDeed(township, { id: first._id, reason: '那天没有来' });
    expect(await outcome(deed(one, sweeping, '2026-11-22'))).toBe('done');
    expect(await outcome(confirmDeed(township, { id: first._id }))).toBe('state.not-allowed');
  });

  test.each`
    day             | why
    ${'2026-11-25'} | ${'is still to come'}
    ${'2026-10-09'} | ${'is more than 45 days ago'}
  `('of a day that $why is not taken', async ({ day }) => {
    const { household: one } = await household('赵强');
    expect(await outcome(deed(one, await rule('村里清扫', 10), day))).toBe('input.invalid');
  });
});

describe('caps', () => {
  test('trim an award to what is left of the month, and refuse when nothing is', async () => {
    const { household: one } = await household('周桂英');
    await award(one, 195);
    const trimmed = await deed(one, await rule('志愿服务', 10), '2026-11-23');
    expect((await confirmDeed(township, { id: trimmed._id })).award?.points).toBe(5);
    const late = await deed(one, await rule('调解', 10), '2026-11-23');
    expect(await outcome(confirmDeed(township, { id: late._id }))).toBe('points.no-room');
    const lastMonth = await deed(one, await rule('调解', 10), '2026-10-31');
    expect((await confirmDeed(township, { id: lastMonth._id })).award?.points).toBe(10);
    expect(await findMonthRoom(township, one)).toEqual({ most: 200, earned: 200, left: 0 });
  });

  test('hold when twelve deeds are confirmed at once', async () => {
    const { household: one } = await household('吴明');
    const deeds = [];
    for (let n = 0; n < 12; n += 1) deeds.push(await deed(one, await rule(`活动${n}`, 30), '2026-11-20'));
    const confirmations = await Promise.all(deeds.map(({ _id }) => outcome(confirmDeed(township, { id: _id }))));
    expect((await findPointsOf(township, one)).balance).toBe(200); // six whole awards and one of 20
    expect(confirmations.filter((code) => code === 'done')).toHaveLength(7);
    expect(new Set(confirmations)).toEqual(new Set(['done', 'points.no-room']));
  });

  test('hold when two people confirm two deeds at once, each with more than half of what is left', async () => {
    const { household: one } = await household('郑江');
    await award(one, 185);
    const [first, other] = [
      await deed(one, await rule('守水渠', 10), '2026-11-20'),
      await deed(one, await rule('守林子', 10), '2026-11-20'),
    ];
    const second = person('usr_town2', 'townshipOfficer', '130499101');
    await Promise.all([confirmDeed(township, { id: first._id }), confirmDeed(second, { id: other._id })]);
    expect((await findPointsOf(township, one)).balance).toBe(200); // 10 and 5, whoever came first
  });

  test('two cadres who record one deed at once record it once', async () => {
    const { household: one } = await household('郑河');
    const mending = await rule('修桥', 20);
    const input = { household: one._id, rule: mending, day: localDate('2026-11-20'), activity: undefined, words: '' };
    const colleague = person('usr_cadre2', 'villageCadre', liushu);
    const outcomes = await Promise.all([cadre, colleague].map((ctx) => outcome(recordDeed(ctx, { ...input, requestKey: requestKey() }))));
    expect(outcomes.sort()).toEqual(['done', 'points.already-recorded']);
  });

  test('two people who confirm one deed at once award it once', async () => {
    const { household: one } = await household('郑海');
    const recorded = await deed(one, await rule('文艺表演', 20), '2026-11-20');
    const second = person('usr_town2', 'townshipOfficer', '130499101');
    const outcomes = await Promise.all([township, second].map((ctx) => outcome(confirmDeed(ctx, { id: recorded._id }))));
    expect(outcomes).toContain('done');
    expect((await findPointsOf(township, one)).balance).toBe(20);
  });
});

describe('expiry', () => {
  test('books what ended unspent once, and leaves the rest', async () => {
    const { household: one } = await household('冯秀兰');
    await award(one, 30);
    clock.set('2026-12-10T02:00:00Z');
    await award(one, 20);
    clock.set('2027-12-01T02:00:00Z'); // the first of the two ended on 30 November
    expect((await findPointsOf(township, one)).balance).toBe(20);
    const before = await balanceOf(system, expiredUnspent);
    expect(await outcome(expirePoints(manager))).toBe('access.denied');
    expect(await expirePoints(system)).toBeGreaterThan(0);
    expect(await expirePoints(system)).toBe(0);
    expect(await balanceOf(system, expiredUnspent)).toBeGreaterThanOrEqual(before + 30);
    expect((await findPools(system, [points(one.surrogate)]))[0]?.total).toBe(20);
    expect(await findOpenLots(system, points(one.surrogate))).toMatchObject([{ balance: 20, lastDay: '2027-12-31' }]);
  });
});
