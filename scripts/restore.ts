import { resolve } from 'node:path';
import { ensureIndexes } from '../server/platform/mongo/indexes';
import { restore } from './county/backup';
import { checkTruths } from './county/run-truths';
import { withDatabase } from './county/with-database';

// `npm run restore -- FOLDER`: puts a backup into the empty database that MONGODB_URI names, then checks every invariant.
withDatabase(async (config) => {
  const folder = process.argv[2];
  if (!folder) throw new Error('which backup? npm run restore -- FOLDER');
  const { takenAt, collections } = await restore(resolve(folder));
  await ensureIndexes();
  console.log(`${Object.keys(collections).length} collections of ${takenAt} are back`);
  const violations = await checkTruths(config.ledger);
  for (const { truth, what, where } of violations) console.log(`${truth}  ${where}: ${what}`);
  if (violations.length > 0) throw new Error('The restored data breaks an invariant: do not go on with it.');
  console.log('All invariants hold.');
});
