import { parseArgs } from 'node:util';
import { systemClock } from '../server/kernel/clock';
import { randomId, systemRandom } from '../server/kernel/random';
import { installKeys } from '../server/platform/crypto/keys';
import { issueToken } from './county/issue-token';
import { withDatabase } from './county/with-database';

// `npm run token -- --user ACCOUNT --scopes aid.read,household.read [--days 90] [--name WORDS] [--read-only]`: an access token for the
// program of somebody who signs in with this mobile or staff number. Printed once; the database keeps a hash.
const { values } = parseArgs({
  options: {
    user: { type: 'string' },
    scopes: { type: 'string', default: '' },
    days: { type: 'string', default: '90' },
    name: { type: 'string', default: 'npm run token' },
    'read-only': { type: 'boolean', default: false },
  },
});

withDatabase(async (config) => {
  const { user = '', scopes, days, name } = values;
  if (user === '' || scopes === '' || !/^\d{1,3}$/.test(days)) throw new Error('Say --user ACCOUNT and --scopes A,B; --days is up to 366.');
  installKeys(config);
  const actor = { id: 'system:operator', kind: 'system', grants: [] } as const;
  const ctx = { ledger: config.ledger, actor, clock: systemClock, random: systemRandom, locale: 'en' } as const;
  const asked = { user, name, scopes: scopes.split(','), days: Number(days), isReadOnly: values['read-only'] };
  const { text, until, person } = await issueToken(ctx, { ...asked, requestKey: randomId(systemRandom, 'req') });
  console.log(`${text}\nFor ${person.nameMasked}, until ${until}. It is shown here only.`);
});
