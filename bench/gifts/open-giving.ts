import { connection } from 'mongoose';
import { recordCertificate, recordFiledPlan } from '../../server/funds';
import { systemClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { divisionCode } from '../../server/kernel/division-code';
import { addDays, shanghaiDay } from '../../server/kernel/local-date';
import { openLedger } from '../../server/ledger';
import { loadConfig } from '../../server/platform/config/config';
import { installKeys } from '../../server/platform/crypto/keys';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { context } from '../ledger/bench-chart';

/** An empty book with every collection and index of the rooms, and the papers that let a county ask for gifts. */
export async function openGivingBook(): Promise<void> {
  await connection.dropDatabase();
  installKeys(loadConfig({ DEMO: 'true', MONGODB_URI: 'mongodb://unused', REDIS_URL: 'redis://unused' }));
  await openLedger({ ledger: context.ledger, clock: systemClock, random: context.random });
  await ensureIndexes();
  await recordPapers(context);
}

async function recordPapers(ctx: Context): Promise<void> {
  const today = shanghaiDay(ctx.clock.now());
  const [from, to] = [addDays(today, -30), addDays(today, 300)];
  const text = '公益防贫';
  await recordCertificate(ctx, {
    requestKey: 'bench-certificate',
    number: 'B1',
    holder: text,
    authority: text,
    validFrom: from,
    validTo: to,
  });
  await recordFiledPlan(ctx, {
    requestKey: 'bench-plan-1',
    number: 'B1A',
    name: text,
    purpose: text,
    from,
    to,
    area: divisionCode('130499'),
    person: '周海',
    ways: ['bankTransfer'],
    bankAccount: { holder: text, bank: text, number: '6200000000000000000' },
    beneficiaries: text,
    use: text,
    cost: text,
    surplus: text,
    filedOn: from,
  });
}
