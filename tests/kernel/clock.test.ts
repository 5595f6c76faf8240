import { SteppedClock, systemClock } from '../../server/kernel/clock';

test('a stepped clock stands until it is moved', () => {
  const clock = new SteppedClock('2026-03-31T15:30:00Z');
  expect(clock.now()).toEqual(new Date('2026-03-31T15:30:00Z'));
  clock.now().setFullYear(1999);
  expect(clock.now()).toEqual(new Date('2026-03-31T15:30:00Z'));
  clock.advance(3_600_000);
  expect(clock.now()).toEqual(new Date('2026-03-31T16:30:00Z'));
  clock.set('2027-01-01T00:00:00Z');
  expect(clock.now()).toEqual(new Date('2027-01-01T00:00:00Z'));
});

test('the system clock goes on', () => {
  const before = Date.now();
  const now = systemClock.now().getTime();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});
