import mongoose from 'mongoose';
import { SteppedClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { BrokenInvariant } from '../../server/kernel/errors';
import { seededRandom } from '../../server/kernel/random';
import { countySchema } from '../../server/platform/mongo/county-schema';
import { absent, type CountyDocument, change, insertion, removal, unchanged } from '../../server/platform/mongo/document-writes';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { transact } from '../../server/platform/mongo/transact';
import { useTestDatabase } from '../support/test-database';

interface Basket extends CountyDocument {
  apples: number;
  label?: string;
}
const Basket = mongoose.model<Basket>(
  'Basket',
  countySchema<Basket>({ apples: { type: Number, required: true }, label: String }),
  'baskets',
);

const ctx: Context = {
  ledger: 'hean',
  actor: { id: 'usr_1', kind: 'person', grants: [] },
  clock: new SteppedClock('2026-11-24T00:00:00Z'),
  random: seededRandom('transact'),
  locale: 'zh-CN',
};

useTestDatabase();
beforeAll(ensureIndexes);

const put = (id: string, apples = 1) => insertion(ctx, Basket, { _id: id, apples });
const basket = (id: string) => Basket.findById(id).orFail().lean();
const stale = expect.objectContaining({ code: 'state.stale' });

test('writes all documents under the county, each at version 1', async () => {
  await expect(transact(ctx, { key: 'two', writes: [put('a'), put('b', 2)] })).resolves.toBe('done');
  expect(await basket('b')).toEqual({ _id: 'b', ledger: 'hean', version: 1, apples: 2 });
});

test('the same key again changes nothing and says so', async () => {
  const once = { key: 'once', writes: [put('c', 5)] };
  const outcomes = await Promise.all([transact(ctx, once), transact(ctx, once), transact(ctx, once)]);
  expect(outcomes.sort()).toEqual(['done', 'replayed', 'replayed']);
  await expect(transact(ctx, once)).resolves.toBe('replayed');
  expect(await basket('c')).toMatchObject({ apples: 5, version: 1 });
});

test('two counties may use the same key', async () => {
  const other = { ...ctx, ledger: 'other' };
  await transact(ctx, { key: 'shared', writes: [put('d')] });
  await expect(transact(other, { key: 'shared', writes: [insertion(other, Basket, { _id: 'e', apples: 1 })] })).resolves.toBe('done');
});

test('a change raises the version, sets and unsets', async () => {
  await transact(ctx, { key: 'f', writes: [insertion(ctx, Basket, { _id: 'f', apples: 1, label: 'red' })] });
  const read = await basket('f');
  await transact(ctx, {
    key: 'f:2',
    guards: [unchanged(Basket, read)],
    writes: [change(Basket, read, { apples: 2 }), change(Basket, read, { label: undefined } as unknown as Partial<Basket>)],
  });
  expect(await basket('f')).toEqual({ _id: 'f', ledger: 'hean', version: 3, apples: 2 });
});

test('of ten changes to what was read once, one wins and nine are stale', async () => {
  await transact(ctx, { key: 'g', writes: [put('g')] });
  const read = await basket('g');
  const tries = Array.from({ length: 10 }, (_, apples) =>
    transact(ctx, { key: `g:${apples}`, guards: [unchanged(Basket, read)], writes: [change(Basket, read, { apples: 100 + apples })] }),
  );
  const results = await Promise.allSettled(tries);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))).toEqual(Array(9).fill(stale));
  expect((await basket('g')).version).toBe(2);
});

test('a refused transaction leaves nothing and its key is free', async () => {
  await transact(ctx, { key: 'h', writes: [put('h')] });
  const refused = { key: 'h:2', guards: [absent(Basket, 'h')], writes: [put('i')] };
  await expect(transact(ctx, refused)).rejects.toEqual(stale);
  expect(await Basket.exists({ _id: 'i' })).toBeNull();
  await expect(transact(ctx, { ...refused, guards: [] })).resolves.toBe('done');
});

test('an id is taken once, and free again after a removal', async () => {
  await transact(ctx, { key: 'claim', writes: [put('claim')] });
  await expect(transact(ctx, { key: 'claim:2', writes: [put('j'), put('claim')] })).rejects.toEqual(stale);
  expect(await Basket.exists({ _id: 'j' })).toBeNull();
  const held = await basket('claim');
  await transact(ctx, { key: 'claim:3', guards: [unchanged(Basket, held)], writes: [removal(Basket, held)] });
  await expect(transact(ctx, { key: 'claim:4', guards: [absent(Basket, 'claim')], writes: [put('claim')] })).resolves.toBe('done');
});

test('another county can neither be guarded nor changed', async () => {
  await transact(ctx, { key: 'k', writes: [put('k')] });
  const read = await basket('k');
  const theft = { key: 'k:2', guards: [unchanged(Basket, read)], writes: [change(Basket, read, { apples: 0 })] };
  await expect(transact({ ...ctx, ledger: 'other' }, theft)).rejects.toEqual(stale);
});

test('a change without a guard is a fault of ours', async () => {
  await transact(ctx, { key: 'l', writes: [put('l')] });
  await expect(transact(ctx, { key: 'l:2', writes: [change(Basket, { _id: 'l' }, { apples: 2 })] })).rejects.toThrow(BrokenInvariant);
});

test('a commit whose answer is lost is tried again and finds itself', async () => {
  const admin = mongoose.connection.getClient().db('admin');
  // The server commits, then says that it did not: the driver commits again, or runs the callback again.
  await admin.command({
    configureFailPoint: 'failCommand',
    mode: { times: 1 },
    data: { failCommands: ['commitTransaction'], writeConcernError: { code: 64, errmsg: 'waiting timed out' } },
  });
  await expect(transact(ctx, { key: 'lost', writes: [put('lost')] })).resolves.toBe('done');
  expect(await basket('lost')).toMatchObject({ apples: 1, version: 1 });
});
