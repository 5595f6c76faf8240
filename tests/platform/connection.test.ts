import mongoose from 'mongoose';
import { SteppedClock, systemClock } from '../../server/kernel/clock';
import { connectMongo, disconnectMongo, mongoAnswers, unfit } from '../../server/platform/mongo/connection';
import { testMongoUri } from '../support/test-database';

const now = new Date('2026-11-24T00:00:00Z');
const good = { setName: 'rs0', maxWireVersion: 21, localTime: now };
const later = (ms: number) => new Date(now.getTime() + ms);

afterEach(disconnectMongo);

test.each`
  server                                              | problem                            | what
  ${good}                                             | ${undefined}                       | ${'a replica set'}
  ${{ ...good, setName: undefined, msg: 'isdbgrid' }} | ${undefined}                       | ${'a sharded cluster'}
  ${{ ...good, setName: undefined }}                  | ${/no transactions/}               | ${'a single server'}
  ${{ ...good, maxWireVersion: 13 }}                  | ${/older than MongoDB 6/}          | ${'an old server'}
  ${{ ...good, localTime: later(5_000) }}             | ${undefined}                       | ${'a clock 5 s ahead'}
  ${{ ...good, localTime: later(5_001) }}             | ${/clock and ours are 5 s apart/}  | ${'a clock more than 5 s ahead'}
  ${{ ...good, localTime: later(-60_000) }}           | ${/clock and ours are 60 s apart/} | ${'a clock a minute behind'}
`('$what: $problem', ({ server, problem }) => {
  const found = unfit(server, now.getTime());
  if (problem) expect(found).toMatch(problem);
  else expect(found).toBeUndefined();
});

test('connects to a replica set with the guards on, and answers', async () => {
  await connectMongo(testMongoUri('wh-test-connection'), systemClock);
  expect(mongoose.get('sanitizeFilter')).toBe(true);
  await expect(mongoAnswers()).resolves.toBe(true);
  await disconnectMongo();
  await expect(mongoAnswers()).resolves.toBe(false);
});

test('does not stay connected with a clock that is wrong', async () => {
  await expect(connectMongo(testMongoUri('wh-test-connection'), new SteppedClock('2020-01-01T00:00:00Z'))).rejects.toThrow(
    'synchronise both',
  );
  expect(mongoose.connection.readyState).toBe(mongoose.ConnectionStates.disconnected);
});
