import { AppError } from '../../server/kernel/errors';
import { createLogger } from '../../server/platform/logging/logger';
import { scrub } from '../../server/platform/logging/scrub';

test.each`
  text                                                               | logged                                                         | what
  ${'no person 11010519491231002X'}                                  | ${'no person …'}                                               | ${'an ID number'}
  ${'call 13800000000 now'}                                          | ${'call … now'}                                                | ${'a phone'}
  ${'card 6222020200112233445'}                                      | ${'card …'}                                                    | ${'a bank card'}
  ${'to zhang.wei@example.org'}                                      | ${'to …@…'}                                                    | ${'an address'}
  ${'E11000 duplicate key error index: _id_ dup key: { _id: "张" }'} | ${'E11000 duplicate key error index: _id_ dup key: {…}'}       | ${'the value of a duplicate key'}
  ${'Cast to Number failed for value "张伟" (type string) at path'}  | ${'Cast to Number failed for value "…" (type string) at path'} | ${'a value that Mongoose could not read'}
  ${'connect mongodb://user:pass@db:27017 failed'}                   | ${'connect mongodb://…@db:27017 failed'}                       | ${'a password in a URL'}
  ${'entry hean/gift:D-2026-000123 seq 4711'}                        | ${'entry hean/gift:D-2026-000123 seq 4711'}                    | ${'nothing, where there is nobody'}
`('hides $what', ({ text, logged }) => expect(scrub(text)).toBe(logged));

test('writes codes and ids, and none of the personal fields', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', process: 'test' }, { write: (line: string) => void lines.push(line) });
  const cause = new Error('phone 13800000000');
  logger.info({ idNumber: '11010519491231002X', person: { phone: '13800000000', name: '张伟', id: 'per_1' } }, 'looked up');
  logger.error({ err: new AppError('state.stale', { id: 'gft_1' }) }, 'refused');
  logger.error({ err: new Error('failed', { cause }) }, 'broke');
  expect(lines.join('')).not.toMatch(/13800000000|11010519491231002X|张伟/);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { person: { id: 'per_1' }, process: 'test' },
    { err: { code: 'state.stale', details: { id: 'gft_1' } } },
    { err: { message: 'failed', cause: { message: 'phone …' } } },
  ]);
});
