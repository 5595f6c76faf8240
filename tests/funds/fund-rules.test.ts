import { fundOf, type Purpose, poolsFor, purposes } from '../../server/funds';
import { matchNeeds, type Need } from '../../server/funds/overview/match-needs';
import { lastDayAlert, needsRefill } from '../../server/funds/overview/warnings';
import type { Cause } from '../../server/kernel/causes';
import { localDate } from '../../server/kernel/local-date';

const day = localDate('2026-11-24');
const [willow, riverBend] = ['130499101201', '130499201201'];

test.each`
  purpose                 | fund
  ${'goods'}              | ${'supermarket'}
  ${'elders'}             | ${'filial'}
  ${'reliefAfterPolicy'}  | ${'socialRelief'}
  ${'premium'}            | ${'insurance'}
  ${'general'}            | ${'publicWelfare'}
  ${'illness'}            | ${'publicWelfare'}
  ${'disasterOrAccident'} | ${'publicWelfare'}
  ${'operating'}          | ${'publicWelfare'}
`('$purpose is money of the fund $fund', ({ purpose, fund }: { purpose: Purpose; fund: string }) => {
  expect(fundOf(purpose)).toBe(fund);
});

test('no family is paid from another fund than the public-welfare one, nor from running costs', () => {
  const drawn = (['illness', 'schooling', 'disaster', 'accident', 'noLabour'] as Cause[]).flatMap((cause) =>
    poolsFor({ cause, village: willow, day }),
  );
  const others = purposes.filter((purpose) => fundOf(purpose) !== 'publicWelfare' || purpose === 'operating');
  expect(drawn.filter((pool) => others.some((purpose) => pool.split(':')[1] === purpose))).toEqual([]);
});

test.each`
  balance       | alert
  ${500_000_00} | ${false}
  ${499_999_99} | ${true}
  ${0}          | ${true}
`('a fund with $balance fen is to be filled: $alert (FU5)', ({ balance, alert }) => {
  expect(needsRefill(balance, 500_000_00)).toBe(alert);
});

test.each`
  lastDay         | alert
  ${undefined}    | ${undefined}
  ${'2026-11-23'} | ${'past'}
  ${'2026-11-24'} | ${'soon'}
  ${'2027-01-23'} | ${'soon'}
  ${'2027-01-24'} | ${undefined}
`('with 60 days of warning the last day $lastDay is $alert on 2026-11-24', ({ lastDay, alert }) => {
  expect(lastDayAlert(lastDay && localDate(lastDay), day, 60)).toBe(alert);
});

const money = [
  { pool: 'restriction:illness:130499101', freeFen: 1_000_00 },
  { pool: 'restriction:illness', freeFen: 5_000_00 },
  { pool: 'restriction:schooling', freeFen: 700_00 },
  { pool: 'restriction:goods', freeFen: 900_00 },
  { pool: 'restriction:general', freeFen: 10_000_00 },
];
const need = (number: string, village: string, yuan: number, cause: Cause = 'illness'): Need => ({
  number,
  href: `/aid/cases/${number}`,
  village,
  cause,
  day,
  amountFen: yuan * 100,
});

test('needs are served in their order; the one that the rest does not cover is told with what is missing', () => {
  const needs = [need('first', willow, 6_500), need('second', riverBend, 9_000), need('third', willow, 800)];
  const { needsWithoutGift } = matchNeeds(money, needs);
  expect(needsWithoutGift.map((one) => [one.need.number, one.shortFen])).toEqual([['third', 300_00]]);
});

test('money for schooling waits for nobody while all needs are of illness; goods and money for anything are no such wish', () => {
  expect(matchNeeds(money, [need('one', willow, 100)]).wishesWithoutNeed.map(({ pool }) => pool)).toEqual(['restriction:schooling']);
  expect(matchNeeds(money, [need('one', riverBend, 100)]).wishesWithoutNeed.map(({ pool }) => pool)).toEqual([
    'restriction:illness:130499101',
    'restriction:schooling',
  ]);
});
