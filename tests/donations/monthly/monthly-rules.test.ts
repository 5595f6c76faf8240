import { verdictOfInvoice } from '../../../server/donations/monthly/invoice-verdict';
import { readingOf } from '../../../server/donations/monthly/subscription-reading';
import { fen } from '../../../server/kernel/money';
import { monthsAfter } from '../../../server/platform/practice-provider/subscriptions/months';
import type { ProviderInvoice } from '../../../server/platform/stripe/invoices';

const monthly = { number: 'M-2026-000001', agreed: [fen(50_00), fen(80_00)], subscriptionId: 'sub_1' };
const paid: ProviderInvoice = {
  id: 'in_1',
  status: 'paid',
  paidFen: fen(50_00),
  dueFen: fen(50_00),
  currency: 'cny',
  livemode: false,
  subscriptionId: 'sub_1',
  monthlyId: 'mon_1',
  monthlyNumber: 'M-2026-000001',
  tries: 1,
  nextTryAt: null,
  paymentIntentId: 'pi_1',
};

test.each`
  why                                        | changes                               | verdict
  ${'the sum that was agreed to'}            | ${{}}                                 | ${{ is: 'paid' }}
  ${'a sum agreed to later'}                 | ${{ paidFen: fen(80_00) }}            | ${{ is: 'paid' }}
  ${'a sum that nobody agreed to'}           | ${{ paidFen: fen(60_00) }}            | ${{ is: 'mismatch', problem: 'amount' }}
  ${'another currency'}                      | ${{ paidFen: null, currency: 'hkd' }} | ${{ is: 'mismatch', problem: 'currency' }}
  ${'real money where practice is expected'} | ${{ livemode: true }}                 | ${{ is: 'mismatch', problem: 'livemode' }}
  ${'another subscription'}                  | ${{ subscriptionId: 'sub_2' }}        | ${{ is: 'mismatch', problem: 'reference' }}
  ${'another number'}                        | ${{ monthlyNumber: 'M-2026-000002' }} | ${{ is: 'mismatch', problem: 'reference' }}
  ${'the card was refused'}                  | ${{ status: 'open' }}                 | ${{ is: 'refused' }}
  ${'not tried yet'}                         | ${{ status: 'open', tries: 0 }}       | ${{ is: 'nothing' }}
  ${'left out while paused'}                 | ${{ status: 'void', tries: 0 }}       | ${{ is: 'nothing' }}
  ${'a word of a later version'}             | ${{ status: 'unknown' }}              | ${{ is: 'nothing' }}
`('an invoice, $why: $verdict', ({ changes, verdict }) =>
  expect(verdictOfInvoice(monthly, { ...paid, ...changes }, false)).toEqual(verdict),
);

test('the first month may be told before the session: it says itself to which subscription it belongs', () => {
  const { subscriptionId: _, ...fresh } = monthly;
  expect(verdictOfInvoice(fresh, paid, false)).toEqual({ is: 'paid' });
});

test.each`
  status                  | isPaused | endedFor                    | reading
  ${'active'}             | ${false} | ${null}                     | ${{ state: 'active' }}
  ${'active'}             | ${true}  | ${null}                     | ${{ state: 'paused' }}
  ${'past_due'}           | ${false} | ${null}                     | ${{ state: 'failing' }}
  ${'canceled'}           | ${false} | ${'payment_failed'}         | ${{ state: 'ended', endedBy: 'unpaid' }}
  ${'canceled'}           | ${false} | ${'cancellation_requested'} | ${{ state: 'ended', endedBy: 'giver' }}
  ${'canceled'}           | ${false} | ${'payment_disputed'}       | ${{ state: 'ended', endedBy: 'provider' }}
  ${'incomplete_expired'} | ${false} | ${null}                     | ${{ state: 'ended', endedBy: 'provider' }}
  ${'incomplete'}         | ${false} | ${null}                     | ${{}}
  ${'unknown'}            | ${false} | ${null}                     | ${{}}
`('a subscription that is $status ($endedFor, paused $isPaused) means $reading', ({ reading, ...subscription }) =>
  expect(readingOf(subscription)).toEqual(reading),
);

test.each`
  start                     | months | then
  ${'2026-01-31T02:00:00Z'} | ${1}   | ${'2026-02-28T02:00:00.000Z'}
  ${'2026-01-31T02:00:00Z'} | ${2}   | ${'2026-03-31T02:00:00.000Z'}
  ${'2026-11-24T02:00:00Z'} | ${2}   | ${'2027-01-24T02:00:00.000Z'}
  ${'2026-03-31T02:00:00Z'} | ${-1}  | ${'2026-02-28T02:00:00.000Z'}
`('$months months after $start is $then', ({ start, months, then }) =>
  expect(new Date(monthsAfter(Date.parse(start) / 1000, months) * 1000).toISOString()).toBe(then),
);
