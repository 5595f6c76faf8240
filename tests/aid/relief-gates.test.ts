import { reliefGates } from '../../server/aid/relief-gates';
import { localDate } from '../../server/kernel/local-date';

const today = localDate('2026-11-24');
const medical = (state: string, since = '2026-11-20') => ({ kind: 'medical', state, pendingSince: localDate(since) });
const old = medical('referred', '2026-10-24'); // 31 days

test.each`
  monitored | referrals                              | waived         | open     | why
  ${true}   | ${[]}                                  | ${[]}          | ${true}  | ${'nothing applies'}
  ${false}  | ${[]}                                  | ${[]}          | ${false} | ${'a household that is not monitored is identified first'}
  ${true}   | ${[medical('paying')]}                 | ${[]}          | ${true}  | ${'received'}
  ${true}   | ${[medical('ended')]}                  | ${[]}          | ${true}  | ${'received whole'}
  ${true}   | ${[medical('refused')]}                | ${[]}          | ${true}  | ${'refused in writing'}
  ${true}   | ${[medical('notApplicable')]}          | ${[]}          | ${true}  | ${'does not apply'}
  ${true}   | ${[medical('granted')]}                | ${[]}          | ${false} | ${'granted is not delivered'}
  ${true}   | ${[medical('referred')]}               | ${['medical']} | ${false} | ${'within its time nobody may let it pass'}
  ${true}   | ${[medical('referred', '2026-10-25')]} | ${['medical']} | ${false} | ${'30 days are not longer than 30 days'}
  ${true}   | ${[old]}                               | ${[]}          | ${false} | ${'overdue, and nobody has let it pass'}
  ${true}   | ${[old]}                               | ${['medical']} | ${true}  | ${'overdue and let pass with a reason'}
`('the gates are open $open: $why', ({ monitored, referrals, waived, open }) => {
  expect(reliefGates({ monitored, referrals, today, pendingDays: 30, waived }).open).toBe(open);
});
