import { campaignFaults, phaseOf, progressOf } from '../../server/donations/campaigns/campaign-rules';
import type { Papers } from '../../server/funds';
import { localDate } from '../../server/kernel/local-date';

const papers = {
  certificate: { validFrom: '2026-01-01', validTo: '2026-12-31' },
  plan: { serves: 'campaign', from: '2026-03-01', to: '2026-11-30', filedOn: '2026-02-19' },
} as unknown as Papers;

test.each`
  from            | to              | without          | today           | faults                                        | why
  ${'2026-03-01'} | ${'2026-11-30'} | ${[]}            | ${'2026-02-01'} | ${''}                                         | ${'both papers hold on all days, filed ten days before'}
  ${'2026-02-28'} | ${'2026-11-30'} | ${[]}            | ${'2026-02-01'} | ${'plan-misses-days filed-too-late'}          | ${'it would begin before the plan'}
  ${'2026-03-01'} | ${'2026-12-01'} | ${[]}            | ${'2026-02-01'} | ${'plan-misses-days'}                         | ${'it would outlast the plan'}
  ${'2026-03-01'} | ${'2027-01-01'} | ${[]}            | ${'2026-02-01'} | ${'certificate-misses-days plan-misses-days'} | ${'it would outlast both'}
  ${'2026-03-01'} | ${'2026-11-30'} | ${'certificate'} | ${'2026-02-01'} | ${'no-certificate'}                           | ${'no certificate'}
  ${'2026-03-01'} | ${'2026-11-30'} | ${'plan'}        | ${'2026-02-01'} | ${'no-plan'}                                  | ${'no filed plan'}
  ${'2026-03-01'} | ${'2026-03-31'} | ${[]}            | ${'2026-04-01'} | ${'is-over'}                                  | ${'its days are over'}
`('from $from to $to: $why', ({ from, to, without, today, faults }) => {
  const held = { ...papers, ...(without.length > 0 && { [without]: undefined }) } as Papers;
  expect(campaignFaults({ from, to }, held, today).join(' ')).toBe(faults);
});

test.each`
  plan                         | faults               | why
  ${{ serves: 'general' }}     | ${'plan-is-general'} | ${'it is the county’s general one'}
  ${{ serves: undefined }}     | ${'plan-is-general'} | ${'papers of the first counties are general'}
  ${{ campaign: 'cmp_other' }} | ${'plan-of-another'} | ${'another campaign was opened on it'}
  ${{ campaign: 'cmp_own' }}   | ${''}                | ${'it was opened on it itself'}
  ${{ filedOn: '2026-02-20' }} | ${'filed-too-late'}  | ${'nine days before the first day'}
`('a campaign is refused as "$faults": $why', ({ plan, faults }) => {
  const held = { ...papers, plan: { ...papers.plan, ...plan } } as Papers;
  const days = { from: localDate('2026-03-01'), to: localDate('2026-11-30') };
  expect(campaignFaults({ _id: 'cmp_own', ...days }, held, localDate('2026-02-01')).join(' ')).toBe(faults);
});

test.each`
  state        | day             | phase
  ${'draft'}   | ${'2026-03-05'} | ${'draft'}
  ${'opened'}  | ${'2026-02-28'} | ${'coming'}
  ${'opened'}  | ${'2026-03-01'} | ${'running'}
  ${'opened'}  | ${'2026-03-31'} | ${'running'}
  ${'opened'}  | ${'2026-04-01'} | ${'ended'}
  ${'ended'}   | ${'2026-03-31'} | ${'ended'}
  ${'dropped'} | ${'2026-03-05'} | ${'dropped'}
`('called $state it is $phase on $day', ({ state, day, phase }) => {
  const campaign = { state: { name: state }, from: localDate('2026-03-01'), to: localDate('2026-03-31') };
  expect(phaseOf(campaign, day)).toBe(phase);
});

test.each`
  received | percent | missing | beyond
  ${0}     | ${0}    | ${1000} | ${0}
  ${999}   | ${99}   | ${1}    | ${0}
  ${1000}  | ${100}  | ${0}    | ${0}
  ${1250}  | ${125}  | ${0}    | ${250}
`('$received of 1000 is $percent%', ({ received, percent, missing, beyond }) => {
  expect(progressOf(received, 1000)).toEqual({ percent, missingFen: missing, beyondFen: beyond });
});
