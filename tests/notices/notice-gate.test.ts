import { localDate } from '../../server/kernel/local-date';
import { approvableFrom } from '../../server/notices/notice-gate';

const dismissed = (day: string) => ({ outcome: 'dismissed', decidedOn: localDate(day) });

// Posted 2026-06-08 for five working days: the last day is 06-15 (DOMAIN 6, NO2).
test.each`
  objections                                                                              | from                 | why
  ${[]}                                                                                   | ${'2026-06-16'}      | ${'the day after the last day'}
  ${[dismissed('2026-06-12')]}                                                            | ${'2026-06-16'}      | ${'dismissed while it ran: the last day stands'}
  ${[dismissed('2026-06-17')]}                                                            | ${'2026-06-17'}      | ${'dismissed after its end: the day of dismissal'}
  ${[dismissed('2026-06-17'), dismissed('2026-06-12')]}                                   | ${'2026-06-17'}      | ${'the later of two'}
  ${[{ outcome: 'open' }]}                                                                | ${'objectionOpen'}   | ${'nobody has decided yet'}
  ${[dismissed('2026-06-12'), { outcome: 'upheld', decidedOn: localDate('2026-06-13') }]} | ${'objectionUpheld'} | ${'one upheld is enough'}
`('approval from $from: $why', ({ objections, from }) => {
  expect(approvableFrom({ lastDay: localDate('2026-06-15'), objections })).toBe(from);
});
