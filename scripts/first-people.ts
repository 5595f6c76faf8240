import { parseArgs } from 'node:util';
import { systemClock } from '../server/kernel/clock';
import { systemRandom } from '../server/kernel/random';
import { installKeys } from '../server/platform/crypto/keys';
import { ensureIndexes } from '../server/platform/mongo/indexes';
import '../server/truths'; // loads every room, so that each collection has its indexes
import { inviteFirst } from './county/invite-first';
import { withDatabase } from './county/with-database';

// `npm run first-people -- --name 杨军 --mobile 13900001111 --role countyAdmin --scope 130499`: the first people of a county, one a call.
const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { name: text, mobile: text, role: text, scope: text } });

withDatabase(async (config) => {
  installKeys(config);
  await ensureIndexes();
  const actor = { id: 'system:operator', kind: 'system' as const, grants: [] };
  const ctx = { ledger: config.ledger, actor, clock: systemClock, random: systemRandom, locale: 'zh-CN' as const };
  const { name, mobile, role, scope } = values;
  const path = await inviteFirst(ctx, { name, mobile, role, scope });
  console.log(`Open once, within seven days: ${config.publicBaseUrl}${path}`);
});
