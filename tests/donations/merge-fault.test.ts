import type { Donor } from '../../server/donations/donor.model';
import { mergeFault } from '../../server/donations/merges/merge-fault';

const judged = (fields: Partial<Donor>) => ({ _id: 'don_a', kind: 'tradeUnion' as const, ...fields });

test.each`
  from                             | into                       | fault                 | why
  ${{}}                            | ${{ creditCode: 'A' }}     | ${undefined}          | ${'a record without a code goes into one with'}
  ${{ creditCode: 'A' }}           | ${{}}                      | ${undefined}          | ${'its code goes with it'}
  ${{ creditCode: 'A' }}           | ${{ creditCode: 'B' }}     | ${'merge-other-code'} | ${'a code is one body'}
  ${{ kind: 'redCross' }}          | ${{}}                      | ${'merge-other-kind'} | ${'another kind'}
  ${{ registeredAt: new Date(0) }} | ${{}}                      | ${'merge-has-people'} | ${'its people would act for another record'}
  ${{ mergedInto: 'don_c' }}       | ${{}}                      | ${'merge-done'}       | ${'once'}
  ${{}}                            | ${{ mergedInto: 'don_c' }} | ${'merge-done'}       | ${'not into one that has gone itself'}
  ${{}}                            | ${{ _id: 'don_a' }}        | ${'merge-same'}       | ${'itself'}
`('$why: $fault', ({ from, into, fault }) => {
  expect(mergeFault(judged(from), judged({ _id: 'don_b', ...into }))).toBe(fault);
});
