import { verdictOf } from '../../server/donations/session-verdict';
import { fen } from '../../server/kernel/money';
import type { CheckoutSession } from '../../server/platform/stripe/checkout-sessions';

const gift = { _id: 'gft_1', number: 'D-2026-000123', amountFen: fen(10_000_00) };
const session: CheckoutSession = {
  id: 'cs_1',
  mode: 'payment',
  status: 'complete',
  paymentStatus: 'paid',
  amountFen: fen(10_000_00),
  currency: 'cny',
  livemode: false,
  giftId: 'gft_1',
  giftNumber: 'D-2026-000123',
  paymentIntentId: 'pi_1',
  subscriptionId: null,
  monthlyId: null,
  url: null,
  createdAt: new Date('2026-11-24T02:00:00Z'),
  expiresAt: new Date('2026-11-25T02:00:00Z'),
};

test.each`
  changes                                                     | verdict                                         | why
  ${{}}                                                       | ${{ is: 'paid' }}                               | ${'all fits'}
  ${{ paymentStatus: 'unpaid' }}                              | ${{ is: 'processing' }}                         | ${'the bank has not answered'}
  ${{ status: 'open', paymentStatus: 'unpaid', url: '/pay' }} | ${{ is: 'open', url: '/pay' }}                  | ${'may still be paid'}
  ${{ status: 'expired', paymentStatus: 'unpaid' }}           | ${{ is: 'expired' }}                            | ${'let go'}
  ${{ amountFen: 9_999_99 }}                                  | ${{ is: 'mismatch', problem: 'amount' }}        | ${'one fen less'}
  ${{ currency: 'hkd', amountFen: null }}                     | ${{ is: 'mismatch', problem: 'currency' }}      | ${'another currency is no fen'}
  ${{ livemode: true }}                                       | ${{ is: 'mismatch', problem: 'livemode' }}      | ${'the other world'}
  ${{ giftId: 'gft_2' }}                                      | ${{ is: 'mismatch', problem: 'reference' }}     | ${'another gift'}
  ${{ giftNumber: null }}                                     | ${{ is: 'mismatch', problem: 'reference' }}     | ${'no number'}
  ${{ mode: 'subscription' }}                                 | ${{ is: 'mismatch', problem: 'mode' }}          | ${'not a one-off gift'}
  ${{ paymentStatus: 'no_payment_required' }}                 | ${{ is: 'mismatch', problem: 'unknown-state' }} | ${'a gift is never free'}
  ${{ status: 'unknown' }}                                    | ${{ is: 'mismatch', problem: 'unknown-state' }} | ${'a word of a later version'}
`('$why: $verdict.is', ({ changes, verdict }) => {
  expect(verdictOf(gift, { ...session, ...changes }, false)).toEqual(verdict);
});
