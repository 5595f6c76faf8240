import { connection } from 'mongoose';
import { confirmPaper, proposeCertificate, proposeFiledPlan } from '../../server/funds';
import { certificateInput, filedPlanInput } from '../../server/funds/papers/papers.inputs';
import { systemClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { addDays, shanghaiDay } from '../../server/kernel/local-date';
import { openLedger } from '../../server/ledger';
import { loadConfig } from '../../server/platform/config/config';
import { installKeys } from '../../server/platform/crypto/keys';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { context } from '../ledger/bench-chart';
import { officer } from './officer';

/** An empty book with every collection and index of the rooms, and the papers that let a county ask for gifts. */
export async function openGivingBook(): Promise<void> {
  await connection.dropDatabase();
  installKeys(loadConfig({ DEMO: 'true', MONGODB_URI: 'mongodb://unused', REDIS_URL: 'redis://unused' }));
  await openLedger({ ledger: context.ledger, clock: systemClock, random: context.random });
  await ensureIndexes();
  await recordPapers(context);
}

/** The papers without which nothing may be given, each confirmed by a manager of its own, so that nobody waits for a second code. */
async function recordPapers(ctx: Context): Promise<void> {
  const finance = await officer(ctx, '13900000009');
  const managers = [await officer(ctx, '13900000003', 'fundManager'), await officer(ctx, '13900000004', 'fundManager')];
  const today = shanghaiDay(ctx.clock.now());
  const [from, to] = [addDays(today, -30), addDays(today, 300)];
  const text = '公益防贫';
  const certificate = {
    requestKey: 'bench-certificate',
    number: 'B1',
    holder: text,
    authority: text,
    validFrom: from,
    validTo: to,
    scan: text,
  };
  const account = { accountHolder: text, accountBank: text, accountNumber: '6200000000000000000' };
  const uses = { beneficiaries: text, use: text, cost: text, surplus: text };
  const plan = { requestKey: 'bench-plan-1', number: 'B1A', name: text, purpose: text, from, to, area: '130499', person: '周海' };
  const filed = { ...plan, serves: 'general', ways: ['bankTransfer'], ...account, ...uses, filedOn: addDays(from, -10), scan: text };
  const proposals = [
    await proposeCertificate(finance.ctx, certificateInput.parse(certificate)),
    await proposeFiledPlan(finance.ctx, filedPlanInput.parse(filed)),
  ];
  for (const [at, manager] of managers.entries()) {
    await confirmPaper(manager.ctx, { id: proposals[at]?._id ?? '', code: await manager.nextCode() });
  }
}
