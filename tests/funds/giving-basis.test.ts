import { givingBasis, givingIsOpen } from '../../server/funds';
import { Certificate } from '../../server/funds/papers/certificate.model';
import { FiledPlan } from '../../server/funds/papers/filed-plan.model';
import { SteppedClock } from '../../server/kernel/clock';
import { localDate } from '../../server/kernel/local-date';
import { recordPapers } from '../donations/giving-county';
import { testContext, useTestKeys } from '../support/sign-in';
import { useTestLedger } from '../support/test-ledger';

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
  expect(await givingIsOpen(ctx, localDate(day), 'bankTransfer')).toBe(open);
});

test('papers entered and confirmed twice are on record once', async () => {
  await recordPapers(ctx);
  expect([await Certificate.countDocuments({ ledger: 'hean' }), await FiledPlan.countDocuments({ ledger: 'hean' })]).toEqual([1, 1]);
});
