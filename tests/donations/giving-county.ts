import { once } from 'node:events';
import type { Express } from 'express';
import request from 'supertest';
import { donationsRoutes, type Giving } from '../../server/donations';

import { confirmPaper, proposeCertificate, proposeFiledPlan } from '../../server/funds';
import { FiledPlan } from '../../server/funds/papers/filed-plan.model';
import { certificateInput, filedPlanInput } from '../../server/funds/papers/papers.inputs';
import type { Clock } from '../../server/kernel/clock';
import type { Actor, Context } from '../../server/kernel/context';
import { seededRandom } from '../../server/kernel/random';
import type { Role } from '../../server/kernel/roles';
import { createLimiter } from '../../server/platform/http/rate-limit';
import { createLogger } from '../../server/platform/logging/logger';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { type Practising, usePractice } from '../platform/practising';
import { echoRoom, origin } from '../platform/support/sample-app';
import { appWithPeople, useTestKeys } from '../support/sign-in';
import { signingCode } from '../support/signing';
import { useTestRedis } from '../support/test-database';
import { useTestLedger } from '../support/test-ledger';
import { settleTold } from './settle-told';

export const ledger = 'hean';

/** A county that may ask for gifts, with the practice provider behind the real shell; the provider's webhooks arrive over HTTP. */
export interface GivingCounty {
  practice: Practising;
  app: Express;
  log: string[];
  giving: Giving;
  ctx: Context;
  /** Sends JSON as one visitor, with the token of his session. */
  post(path: string, body: Record<string, unknown>): request.Test;
  /** Gives as the company of the cast does, with some fields changed. */
  give(fields: Record<string, string>): request.Test;
  /** The shell anew, such as after the setting of online giving has changed. */
  open(): Promise<{ app: Express; log: string[] }>;
  /** Hands the waiting webhooks over to the county's own address, and deals with what they tell. */
  deliver(): Promise<void>;
}

export const company = {
  amount: '10000.00',
  purpose: 'general',
  giver: 'organisation',
  organisationName: '和安县恒通机械有限公司',
  creditCode: '91130434MA0ABCDE67',
  contactName: '刘芳',
  phone: '139 0000 5821',
  showName: 'on',
  method: 'wechat',
};

export function useGivingCounty(): GivingCounty {
  const practice = usePractice();
  const clock: Clock = { now: () => practice.clock?.now() ?? new Date('2026-11-24T02:00:00Z') };
  const system: Actor = { id: 'system:test', kind: 'system', grants: [] };
  useTestLedger(ledger, clock);
  const redis = useTestRedis();
  useTestKeys();
  const county = { practice } as GivingCounty;
  county.ctx = { ledger, actor: system, clock, random: seededRandom('giving'), locale: 'zh-CN' };

  beforeAll(async () => {
    await ensureIndexes();
    await recordPapers(county.ctx);
  });
  beforeEach(async () => {
    hour += 1;
    practice.clock.advance(hour * 3_600_000); // the book's time never goes back, so each test begins an hour later
    await redis.flushdb(); // the limits of the test before
    await practice.provider.stop();
    await practice.start({ random: seededRandom(`hour ${hour}`) }); // and events of another test have other ids
    county.giving = {
      provider: practice.ours,
      livemode: false,
      publicBaseUrl: origin,
      productName: { 'zh-CN': '捐给和安县公益防贫基金', en: 'Gift to the anti-poverty fund of He’an County' },
    };
    const { app, log } = await county.open();
    county.app = app;
    county.log = log;
    const visitor = request.agent(app);
    const { text: token } = await visitor.get('/form');
    county.post = (path, body) => visitor.post(path).set('x-csrf-token', token).send(body);
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    practice.provider.control.setWebhook({ url: `http://127.0.0.1:${port}/webhooks/stripe`, secret: 'whsec_practice' });
    closing.push(async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    });
  });
  let hour = 0;
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  county.give = (fields) => county.post('/api/v1/gifts', { requestKey: 'give-0001', ...company, ...fields });
  county.open = async () => {
    const log: string[] = [];
    const limiter = createLimiter({ redis, ledger, logger: createLogger({ level: 'silent', process: 'test' }) });
    const rooms = [...donationsRoutes({ giving: county.giving, publicBaseUrl: origin, limiter }), echoRoom()];
    return { app: await appWithPeople(redis, practice.clock, { rooms, log }), log };
  };
  county.deliver = async () => {
    await practice.provider.control.deliverDue();
    await settleTold(county.ctx, county.giving);
  };
  return county;
}

/** The papers of the county of these tests: entered by one person, confirmed by another. */
export async function recordPapers(ctx: Context): Promise<void> {
  const [finance, manager] = [person(ctx, 'usr_papers_one', 'financeOfficer'), person(ctx, 'usr_papers_two', 'fundManager')];
  const certificate = await proposeCertificate(finance, certificateInput.parse(certificateOfTests));
  await confirmPaper(manager, { id: certificate._id, code: await signingCode(manager) });
  await recordPlan(ctx, planOfTests);
}

/** A filed plan, entered by one person and confirmed by another. */
export async function recordPlan(ctx: Context, fields: typeof planOfTests): Promise<FiledPlan> {
  const [finance, manager] = [person(ctx, 'usr_papers_one', 'financeOfficer'), person(ctx, 'usr_papers_two', 'fundManager')];
  const { _id: id } = await proposeFiledPlan(finance, filedPlanInput.parse(fields));
  await confirmPaper(manager, { id, code: await signingCode(manager) });
  const plan = await FiledPlan.findOne({ ledger: ctx.ledger, number: fields.number }).lean<FiledPlan>();
  if (!plan) throw new Error(`${fields.number} is not on record`);
  return plan;
}

let plans = 0;
/** A plan of one campaign, each with a number of its own. */
export async function recordCampaignPlan(ctx: Context, fields: Partial<typeof planOfTests> = {}): Promise<FiledPlan> {
  plans += 1;
  const own = { requestKey: `campaign-plan-${plans}`, number: `53130499MJ0000018YK26${String(plans).padStart(3, '0')}` };
  return recordPlan(ctx, { ...planOfTests, ...own, name: '秋季助学募捐', serves: 'campaign', ...fields });
}

function person(ctx: Context, id: string, role: Role): Context {
  return { ...ctx, actor: { id, kind: 'person', grants: [{ role, scope: '130499' }] } };
}

export const certificateOfTests = {
  requestKey: 'certificate-1',
  number: '53130499MJ0000018Y',
  holder: '和安县慈善总会',
  authority: '和安县民政局',
  validFrom: '2024-01-01',
  validTo: '2028-12-31',
  scan: '档案 2024-收-014',
};

export const planOfTests = {
  requestKey: 'filed-plan-1',
  number: '53130499MJ0000018YA26001',
  name: '和安县公益防贫基金募捐',
  serves: 'general',
  purpose: '补给仍有收入缺口的困难家庭',
  from: '2026-01-01',
  to: '2026-12-31',
  area: '130499',
  person: '周海',
  ways: ['online', 'bankTransfer'],
  accountHolder: '和安县慈善总会',
  accountBank: '和安农村商业银行',
  accountNumber: '6200000000000000000',
  beneficiaries: '和安县边缘户、不稳定脱贫户和突发困难户',
  use: '按缺口补差，一户一年不超过上限',
  cost: '手续费由运行经费承担，不从捐款里扣',
  surplus: '结转下一年度同一用途',
  filedOn: '2025-12-15',
  scan: '档案 2025-备-031',
};
