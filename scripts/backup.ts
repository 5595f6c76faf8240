import { resolve } from 'node:path';
import { systemClock } from '../server/kernel/clock';
import { backUp } from './county/backup';
import { withDatabase } from './county/with-database';

// `npm run backup [-- FOLDER]`: one moment of the whole database, in a folder of its own.
withDatabase(async (config) => {
  const now = systemClock.now();
  const folder = resolve(process.argv[2] ?? `${config.dataDir}/backups/${now.toISOString().replace(/[:.]/g, '-')}`);
  const { collections } = await backUp(folder, now);
  const rows = Object.values(collections).reduce((sum, one) => sum + one.rows, 0);
  console.log(`${rows} documents of ${Object.keys(collections).length} collections in ${folder}`);
});
