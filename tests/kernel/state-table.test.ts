import { SteppedClock } from '../../server/kernel/clock';
import { AppError } from '../../server/kernel/errors';
import { type StateOf, stateTable } from '../../server/kernel/state-table';

const divisions = stateTable({ active: ['replaced', 'revoked'], replaced: [], revoked: ['active'] });
type DivisionState = StateOf<typeof divisions>;

const ctx = {
  actor: { id: 'usr_4k2', kind: 'person' as const, grants: [] },
  clock: new SteppedClock('2026-03-31T16:30:00Z'),
};

test.each`
  from          | to            | allowed
  ${'active'}   | ${'replaced'} | ${true}
  ${'active'}   | ${'revoked'}  | ${true}
  ${'revoked'}  | ${'active'}   | ${true}
  ${'active'}   | ${'active'}   | ${false}
  ${'replaced'} | ${'active'}   | ${false}
  ${'replaced'} | ${'revoked'}  | ${false}
`('$from → $to: $allowed', ({ from, to, allowed }) => {
  expect(divisions.may(from, to)).toBe(allowed);
  if (allowed) expect(() => divisions.assertMay(from, to)).not.toThrow();
  else expect(() => divisions.assertMay(from, to)).toThrow(new AppError('state.not-allowed', { from, to }));
});

test('a refused step says from where to where', () => {
  const attempt = () => divisions.assertMay('replaced', 'active');
  expect(attempt).toThrow(expect.objectContaining({ code: 'state.not-allowed', status: 409, details: { from: 'replaced', to: 'active' } }));
});

test('the table knows its states and what may follow', () => {
  expect(divisions.states).toEqual(['active', 'replaced', 'revoked']);
  expect(divisions.next('active')).toEqual(['replaced', 'revoked']);
  expect(divisions.next('replaced')).toEqual([]);
  expect(divisions.has('active')).toBe(true);
  expect(divisions.has('toString')).toBe(false);
});

test('a state is a record with who and when', () => {
  const active = divisions.begin('active', ctx);
  expect(active).toEqual({ name: 'active', by: 'usr_4k2', at: new Date('2026-03-31T16:30:00Z') });

  const later = { ...ctx, actor: { ...ctx.actor, id: 'usr_9z1' }, clock: new SteppedClock('2026-04-01T01:00:00Z') };
  const revoked = divisions.enter(active, 'revoked', later);
  expect(revoked).toEqual({ name: 'revoked', by: 'usr_9z1', at: new Date('2026-04-01T01:00:00Z') });
  expect(active.name).toBe('active');
  expect(() => divisions.enter(revoked, 'replaced', ctx)).toThrow(AppError);
});

test('an unknown state does not compile', () => {
  const known: DivisionState = 'active';
  // @ts-expect-error no such state
  const unknown: DivisionState = 'closed';
  // @ts-expect-error no such state to go to
  expect(divisions.may(known, 'closed')).toBe(false);
  expect(divisions.may(unknown, known)).toBe(false);
  // @ts-expect-error a state that follows must be listed itself
  const broken = stateTable({ draft: ['active'] });
  expect(broken.states).toEqual(['draft']);
});
