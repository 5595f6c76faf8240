import { divisionCode } from '../../server/kernel/division-code';
import { localDate } from '../../server/kernel/local-date';
import { confirmDeed, findMonthRoom } from '../../server/points';
import { confirmSetting, proposeSetting } from '../../server/settings';
import { admin, award, clock, deed, household, manager, requestKey, rule, township, usePointsCounty } from './points-county';

usePointsCounty();

test('caps that are changed hold from the next period on, for who has earned and who has not', async () => {
  const [{ household: earned }, { household: fresh }] = [await household('韩梅'), await household('韩雪')];
  await award(earned, 20);
  const proposal = await proposeSetting(admin, {
    name: 'cap.month',
    scope: divisionCode('130499'),
    value: '30',
    effectiveFrom: localDate('2026-11-25'),
    sourceDoc: '和防贫办〔2026〕9 号（演示）',
    reason: '',
    requestKey: requestKey(),
  });
  await confirmSetting(manager, { id: proposal._id });
  clock.set('2026-11-26T02:00:00Z');
  for (const [one, left] of [
    [earned, 180],
    [fresh, 200],
  ] as const)
    expect(await findMonthRoom(township, one)).toMatchObject({ most: 200, left });
  clock.set('2026-12-01T02:00:00Z');
  for (const one of [earned, fresh]) expect(await findMonthRoom(township, one)).toEqual({ most: 30, earned: 0, left: 30 });
  const lastMonth = await deed(earned, await rule('扫雪', 40), '2026-11-30');
  expect((await confirmDeed(township, { id: lastMonth._id })).award?.points).toBe(40); // of November, under November's cap
  const thisMonth = await deed(earned, await rule('扫雪', 41), '2026-12-01');
  expect((await confirmDeed(township, { id: thisMonth._id })).award?.points).toBe(30);
});
