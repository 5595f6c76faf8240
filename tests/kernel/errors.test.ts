import { AppError, BrokenInvariant, errorStatus, fail, failField, invariant } from '../../server/kernel/errors';

test.each(Object.entries(errorStatus))('%s answers %i', (code, status) => {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(new AppError(code as keyof typeof errorStatus).status).toBe(status);
});

test('fail and failField throw what the caller can mend', () => {
  expect(() => fail('not-found', { id: 'hh_1' })).toThrow(
    expect.objectContaining({ code: 'not-found', status: 404, details: { id: 'hh_1' } }),
  );
  expect(() => failField('amountFen', 'too-large', { limit: 5 })).toThrow(
    expect.objectContaining({ code: 'input.invalid', issues: [{ path: 'amountFen', code: 'too-large', params: { limit: 5 } }] }),
  );
});

test('a broken invariant is not the caller’s error', () => {
  expect(() => invariant(true, 'holds')).not.toThrow();
  const attempt = () => invariant(false, 'legs.sum-to-zero', { seq: 7 });
  expect(attempt).toThrow(BrokenInvariant);
  expect(attempt).toThrow('broken invariant: legs.sum-to-zero {"seq":7}');
  expect(attempt).not.toThrow(AppError);
});
