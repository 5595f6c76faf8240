import { parseArgs } from 'node:util';
import { User } from '../server/identity/user.model';
import { systemClock } from '../server/kernel/clock';
import { addDays, shanghaiDay } from '../server/kernel/local-date';
import { systemRandom } from '../server/kernel/random';
import { closeLedger, openLedger } from '../server/ledger';
import { installKeys } from '../server/platform/crypto/keys';
import { ensureIndexes } from '../server/platform/mongo/indexes';
import '../server/truths'; // loads every room, so that each number of policy is defined
import { withDatabase } from './county/with-database';
import { playYear } from './sample-county/play-year';
import { practiceOf } from './sample-county/practice';
import { Stage } from './sample-county/stage';

// `npm run seed [-- --households 300]`: the sample county, through the acts; nothing happens where there is a county already.
const { values } = parseArgs({ options: { households: { type: 'string', default: '150' } } });
const daysBefore = 365;

withDatabase(async (config) => {
  installKeys(config);
  await ensureIndexes();
  if (await User.exists({ ledger: config.ledger })) return console.log('The county has its people already: nothing to do.');
  const startedAt = performance.now();
  const now = systemClock.now();
  const stage = new Stage(config.ledger, now, addDays(shanghaiDay(now), -daysBefore));
  await openLedger({ ledger: config.ledger, clock: stage.clock, random: systemRandom });
  const say = (line: string) => console.log(`          ${line}`);
  try {
    await playYear(stage, Number(values.households), say, await practiceOf(config));
  } finally {
    await closeLedger(config.ledger);
  }
  say(`The sample county is made (${((performance.now() - startedAt) / 1000).toFixed(0)} s)`);
});
