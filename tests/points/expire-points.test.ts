import { localDate, shanghaiDay } from '../../server/kernel/local-date';
import { balanceOf, credit, debit, findLotsPast, findOpenLots, post } from '../../server/ledger';
import { expirePoints, points } from '../../server/points';
import { expiredUnspent, pointsAwarded, pointsIssued } from '../../server/points/points.accounts';
import { goodsRedeemed, pointsSpent } from '../../server/supermarket/supermarket.accounts';
import { clock, liushu, system, usePointsCounty } from './points-county';

usePointsCounty();

const lots = 120; // more than one page of the job
const pool = points('s_many');
const issued = pointsIssued(liushu);

const bring = (key: string, at: number) =>
  post(system, {
    key: `${key}:${at}`,
    kind: pointsAwarded,
    source: { type: 'deed', id: `ded_${at}` },
    legs: [debit(issued, 5), ...(key === 'back' ? [credit(points('s_many', `ded_${at}`), 5)] : [])],
    ...(key === 'award' && {
      lots: [
        {
          lot: points('s_many', `ded_${at}`),
          pool,
          amount: 5,
          order: `2026-11-24/${at}`,
          origin: `ded_${at}`,
          lastDay: localDate('2026-11-24'),
        },
      ],
    }),
  });
const all = (key: string) => Promise.all(Array.from({ length: lots }, (_, at) => bring(key, at)));

test('points that come back to lots which have ended are ended again: the job stood still on them for ever', async () => {
  await all('award');
  clock.advance(86_400_000);
  expect(await expirePoints(system)).toBe(lots);
  expect(await expirePoints(system)).toBe(0);

  await all('back'); // an entry of an earlier day, reversed
  const before = await balanceOf(system, expiredUnspent);
  const runs = await Promise.all([expirePoints(system), expirePoints(system)]);
  expect(runs.reduce((sum, ended) => sum + ended, 0)).toBe(lots);
  expect(await balanceOf(system, expiredUnspent)).toBe(before + lots * 5);
  expect(await findLotsPast(system, points.className, localDate('2026-11-26'), 10)).toEqual([]);
});

test('a reversal gives a lot back under its own last day, which queues it; one that has ended comes back for the days of grace', async () => {
  const of = points('s_back');
  const lot = (id: string, lastDay: string, amount: number) =>
    post(system, {
      key: `award:${id}`,
      kind: pointsAwarded,
      source: { type: 'deed', id },
      legs: [debit(issued, amount)],
      lots: [{ lot: points('s_back', id), pool: of, amount, order: `${lastDay}/2026-11-25`, origin: id, lastDay: localDate(lastDay) }],
    });
  await lot('ded_soon', '2026-11-30', 30);
  await lot('ded_late', '2026-12-31', 20);
  const spend = (key: string, amount: number) =>
    post(system, {
      key,
      kind: goodsRedeemed,
      source: { type: 'redemption', id: key },
      draws: [{ from: of, amount, to: pointsSpent('shp_1') }],
    });
  const reverse = (key: string) =>
    post(system, { key: `reversal:${key}`, kind: goodsRedeemed, source: { type: 'redemption', id: key }, reverses: key, graceDays: 30 });
  const held = async () =>
    (await findOpenLots(system, of, { day: shanghaiDay(clock.now()) })).map(({ balance, lastDay }) => `${balance} ${lastDay}`);

  await spend('one', 40);
  await reverse('one');
  expect(await held()).toEqual(['30 2026-11-30', '20 2026-12-31']); // the same lots, in the same order
  await spend('two', 40);
  clock.set('2026-12-05T02:00:00Z');
  await reverse('two');
  expect(await held()).toEqual(['20 2026-12-31', '30 2027-01-04']); // 30 days from the reversal: it now ends after the other
  await spend('three', 21);
  expect(await held()).toEqual(['29 2027-01-04']);
  clock.set('2027-01-05T02:00:00Z');
  await expirePoints(system);
  expect(await held()).toEqual([]);
});
