import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { backUp, restore } from '../../scripts/county/backup';
import { checkTruths } from '../../scripts/county/run-truths';
import { systemClock } from '../../server/kernel/clock';
import { credit, debit, post } from '../../server/ledger';
import { bank, moneyKind, purse, source, testContext } from '../ledger/test-chart';
import { useTemporaryFolder } from '../support/temporary-folder';
import { useTestLedger } from '../support/test-ledger';

const folder = useTemporaryFolder();
useTestLedger('hean', systemClock);
const taken = join(folder, 'backup');
const collections = () => mongoose.connection.collection('entries');
const spend = (n: number) =>
  post(testContext('hean'), { key: `k:${n}`, kind: moneyKind, source, legs: [debit(bank('a'), n), credit(purse('a'), n)] });

test('a backup under load is one moment, and restores to books that hold (I16)', async () => {
  for (let n = 1; n <= 20; n++) await spend(n);
  const load = Promise.all(Array.from({ length: 200 }, (_, n) => spend(100 + n)));
  const { collections: counted } = await backUp(taken, systemClock.now());
  await load;
  expect(Object.keys(counted)).not.toContain('writers');
  await mongoose.connection.dropDatabase();
  await restore(taken);
  expect(await collections().countDocuments()).toBe(counted['entries']?.rows);
  expect(await checkTruths('hean')).toEqual([]);
});

test('nothing is restored over data', async () => {
  await expect(restore(taken)).rejects.toThrow('the database is not empty');
});

test('a damaged backup is refused before its first row', async () => {
  const file = join(taken, 'entries.jsonl.gz');
  const bytes = readFileSync(file);
  bytes.writeUInt8((bytes.at(-9) ?? 0) ^ 1, bytes.length - 9);
  writeFileSync(file, bytes);
  await mongoose.connection.dropDatabase();
  await expect(restore(taken)).rejects.toThrow();
  expect(await mongoose.connection.collection('accounts').countDocuments()).toBe(0);
});
