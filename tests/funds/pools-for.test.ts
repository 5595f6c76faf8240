import { poolsFor, type Restriction, restrictionOf, restrictionPool, satisfies } from '../../server/funds';
import { divisionCode } from '../../server/kernel/division-code';
import { localDate } from '../../server/kernel/local-date';

const [anning, willow, riverBend] = ['130499101', '130499101201', '130499201201'];
const day = localDate('2026-11-24');
const until = (purpose: Restriction['purpose'], lastDay: string, area?: string): Restriction => ({
  purpose,
  lastDay: localDate(lastDay),
  ...(area && { area: divisionCode(area) }),
});

test.each`
  restriction                                                      | pool
  ${{ purpose: 'general' }}                                        | ${'restriction:general'}
  ${{ purpose: 'illness', area: anning }}                          | ${'restriction:illness:130499101'}
  ${{ purpose: 'goods', lastDay: '2026-12-31' }}                   | ${'restriction:goods:2026-12-31'}
  ${{ purpose: 'schooling', area: willow, lastDay: '2026-12-31' }} | ${'restriction:schooling:130499101201:2026-12-31'}
`('$pool is the pool of its restriction, and back', ({ restriction, pool }) => {
  expect(restrictionPool(restriction)).toBe(pool);
  expect(restrictionOf(pool)).toEqual(restriction);
});

test('a payment looks to the nearest area first, then to purpose, then to general (FU7)', () => {
  expect(poolsFor({ cause: 'illness', village: willow, day })).toEqual(
    [willow, anning]
      .flatMap((area) => [`restriction:illness:${area}`, `restriction:general:${area}`])
      .concat('restriction:illness', 'restriction:general'),
  );
});

test('inside an area the earliest last day comes first, whatever the purpose', () => {
  const dated = [
    until('general', '2026-12-15', anning),
    until('illness', '2026-12-31', anning),
    until('illness', '2026-11-23', anning), // past
    until('illness', '2026-12-01'),
    until('schooling', '2026-12-01'), // another purpose
    until('illness', '2026-12-01', '130499201'), // another township
  ];
  const pools = poolsFor({ cause: 'illness', village: willow, day }, dated);
  expect(pools.filter((pool) => /(101|illness|general|-\d\d)$/.test(pool))).toEqual([
    'restriction:general:130499101:2026-12-15',
    'restriction:illness:130499101:2026-12-31',
    'restriction:illness:130499101',
    'restriction:general:130499101',
    'restriction:illness:2026-12-01',
    'restriction:illness',
    'restriction:general',
  ]);
});

test.each`
  restriction                                      | cause          | village      | ok       | why
  ${{ purpose: 'general' }}                        | ${'noLabour'}  | ${riverBend} | ${true}  | ${'money without a purpose serves every cause'}
  ${{ purpose: 'illness' }}                        | ${'schooling'} | ${riverBend} | ${false} | ${'another purpose'}
  ${{ purpose: 'disasterOrAccident' }}             | ${'accident'}  | ${willow}    | ${true}  | ${'one of the two'}
  ${{ purpose: 'disasterOrAccident' }}             | ${'illness'}   | ${willow}    | ${false} | ${'neither'}
  ${{ purpose: 'illness', area: anning }}          | ${'illness'}   | ${willow}    | ${true}  | ${'a village of the township'}
  ${{ purpose: 'illness', area: anning }}          | ${'illness'}   | ${riverBend} | ${false} | ${'another township'}
  ${{ purpose: 'general', lastDay: '2026-11-24' }} | ${'illness'}   | ${willow}    | ${true}  | ${'the last day itself (以内 includes)'}
  ${{ purpose: 'general', lastDay: '2026-11-23' }} | ${'illness'}   | ${willow}    | ${false} | ${'the day after'}
  ${{ purpose: 'goods' }}                          | ${'illness'}   | ${willow}    | ${false} | ${'money for goods pays no top-up'}
`('$restriction.purpose money for $cause: $ok, $why', ({ restriction, cause, village, ok }) => {
  expect(satisfies({ cause, village, day }, restriction)).toBe(ok);
});
