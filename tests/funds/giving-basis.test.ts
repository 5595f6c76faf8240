import { givingBasis } from '../../server/funds';
import { Certificate } from '../../server/funds/papers/certificate.model';
import { FiledPlan } from '../../server/funds/papers/filed-plan.model';
import { asksFrom, generalPlanOn, holdsOn } from '../../server/funds/papers/filing-rules';
import { SteppedClock } from '../../server/kernel/clock';
import { addDays, localDate } from '../../server/kernel/local-date';
import { recordCampaignPlan, recordPapers } from '../donations/giving-county';
import { testContext, useTestKeys } from '../support/sign-in';
import { useTestLedger } from '../support/test-ledger';

test.each`
  from            | to              | filedOn         | asks            | why
  ${'2026-12-01'} | ${'2027-03-31'} | ${'2026-11-21'} | ${'2026-12-01'} | ${'filed ten days before'}
  ${'2026-12-01'} | ${'2027-03-31'} | ${'2026-11-22'} | ${'2026-12-02'} | ${'nine days before: a day later than it says'}
  ${'2026-12-01'} | ${'2027-03-31'} | ${'2026-12-01'} | ${'2026-12-11'} | ${'filed on its first day'}
  ${'2026-12-01'} | ${'2027-03-31'} | ${'2027-02-20'} | ${'2027-03-02'} | ${'filed while it runs: ten days from then, across the end of a month'}
  ${'2026-01-01'} | ${'2026-12-31'} | ${'2025-12-22'} | ${'2026-01-01'} | ${'ten days before, across the end of a year'}
  ${'2026-01-01'} | ${'2026-12-31'} | ${'2025-12-23'} | ${'2026-01-02'} | ${'the rule binds from the first day of 2026'}
  ${'2025-12-31'} | ${'2026-12-31'} | ${'2025-12-30'} | ${'2025-12-31'} | ${'begun before the rule'}
`('a plan from $from filed on $filedOn may be asked for from $asks: $why', ({ from, to, filedOn, asks }) => {
  expect(asksFrom({ from, to, filedOn })).toBe(asks);
  expect([addDays(asks, -1), asks, to, addDays(to, 1)].map((day) => holdsOn({ from, to, filedOn }, day))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

const year = { from: localDate('2026-01-01'), to: localDate('2026-12-31'), filedOn: localDate('2025-12-01') };
const summer = { from: localDate('2026-06-01'), to: localDate('2027-05-31'), filedOn: localDate('2026-05-01') };
const late = { from: localDate('2026-01-01'), to: localDate('2027-06-30'), filedOn: localDate('2026-11-20') };
const plans = [
  { name: 'year', serves: 'general' as const, ...year },
  { name: 'summer', serves: 'general' as const, ...summer },
  { name: 'late', serves: 'general' as const, ...late },
  { name: 'campaign', serves: 'campaign' as const, ...year },
  { name: 'oldPaper', ...year },
];

test.each`
  recorded             | day             | general       | why
  ${'year'}            | ${'2026-07-01'} | ${'year'}     | ${'the only one'}
  ${'summer year'}     | ${'2026-07-01'} | ${'year'}     | ${'what began first stays until it ends'}
  ${'summer year'}     | ${'2027-01-01'} | ${'summer'}   | ${'then the next one'}
  ${'campaign'}        | ${'2026-07-01'} | ${undefined}  | ${'a plan of one campaign is none'}
  ${'campaign summer'} | ${'2026-07-01'} | ${'summer'}   | ${'also where it began first'}
  ${'late summer'}     | ${'2026-11-25'} | ${'summer'}   | ${'what was filed too late has not begun'}
  ${'late'}            | ${'2026-11-29'} | ${undefined}  | ${'nine days after it was filed'}
  ${'late'}            | ${'2026-11-30'} | ${'late'}     | ${'ten days after it was filed'}
  ${'oldPaper'}        | ${'2026-07-01'} | ${'oldPaper'} | ${'papers of the first counties do not say what they are for'}
`('of $recorded on $day the general plan is $general: $why', ({ recorded, day, general }) => {
  const held = String(recorded)
    .split(' ')
    .flatMap((one) => plans.filter(({ name }) => name === one));
  const found = generalPlanOn(held, day);
  expect(plans.find(({ name }) => name === general)).toEqual(found);
});

// FU1, from 2024-01-01 to 2028-12-31 a certificate, for the year 2026 a filed plan.
const clock = new SteppedClock('2025-12-20T02:00:00Z');
const ctx = testContext(clock);
useTestLedger('hean', clock);
useTestKeys();
beforeAll(() => recordPapers(ctx));

test.each`
  day             | open     | missing          | opensOn         | why
  ${'2025-12-31'} | ${false} | ${'filedPlan'}   | ${'2026-01-01'} | ${'the plan has not begun'}
  ${'2026-01-01'} | ${true}  | ${undefined}     | ${undefined}    | ${'its first day'}
  ${'2026-12-31'} | ${true}  | ${undefined}     | ${undefined}    | ${'its last day'}
  ${'2027-01-01'} | ${false} | ${'filedPlan'}   | ${undefined}    | ${'the plan is over'}
  ${'2023-12-31'} | ${false} | ${'certificate'} | ${'2026-01-01'} | ${'no certificate yet'}
  ${'2029-01-01'} | ${false} | ${'certificate'} | ${undefined}    | ${'the certificate is over'}
`('on $day giving is open: $open, $why', async ({ day, open, missing, opensOn }) => {
  const basis = await givingBasis(ctx, localDate(day));
  expect(basis.open ? {} : { missing: basis.missing, opensOn: basis.opensOn }).toEqual(open ? {} : { missing, opensOn });
});

test('papers entered and confirmed twice are on record once', async () => {
  await recordPapers(ctx);
  expect([await Certificate.countDocuments({ ledger: 'hean' }), await FiledPlan.countDocuments({ ledger: 'hean' })]).toEqual([1, 1]);
});

test('a plan of one campaign opens no general giving, and one that was filed too late none before its first lawful day', async () => {
  await recordCampaignPlan(ctx, { from: '2027-01-01', to: '2027-12-31' });
  expect(await givingBasis(ctx, localDate('2027-01-01'))).toEqual({ open: false, missing: 'filedPlan' });
  // A paper of an earlier version of the program, which let it pass.
  const {
    _id: _other,
    number: _number,
    serves: _serves,
    ...said
  } = (await FiledPlan.findOne({ ledger: 'hean' }).lean<FiledPlan>()) as FiledPlan;
  const days = { from: localDate('2027-01-01'), to: localDate('2027-12-31'), filedOn: localDate('2026-12-31') };
  await FiledPlan.create({ ...said, ...days, _id: 'pln_kept', number: '53130499MJ0000018YA27001' });
  expect(await givingBasis(ctx, localDate('2027-01-09'))).toEqual({ open: false, missing: 'filedPlan', opensOn: '2027-01-10' });
  expect(await givingBasis(ctx, localDate('2027-01-10'))).toMatchObject({ open: true, plan: { _id: 'pln_kept' } });
});
