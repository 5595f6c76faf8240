import { aidReserved } from '../../server/aid/aid.accounts';
import { recordBankGift, registerDonor } from '../../server/donations';
import { bankGiftInput } from '../../server/donations/donations.inputs';
import { findPoolsFor, mainBank } from '../../server/funds';
import { registerPerson } from '../../server/identity';
import { systemClock } from '../../server/kernel/clock';
import { shanghaiDay } from '../../server/kernel/local-date';
import { systemRandom } from '../../server/kernel/random';
import { closeLedger, openLedger, post } from '../../server/ledger';
import { payable } from '../../server/payments';
import { paymentPaid, paymentSent, transit } from '../../server/payments/payments.accounts';
import { loadConfig } from '../../server/platform/config/config';
import { installKeys } from '../../server/platform/crypto/keys';
import { connectMongo, disconnectMongo } from '../../server/platform/mongo/connection';
import { ensureIndexes } from '../../server/platform/mongo/indexes';
import { enactSamples } from '../../server/settings';
import { recordPapers } from '../../tests/donations/giving-county';
import { runCounty } from '../county/run-county';
import '../../server/transparency';
import { divisionCode } from '../../server/kernel/division-code';

const env = { DEMO: 'true', NODE_ENV: 'production', LOG_LEVEL: 'warn' };
void runCounty({
  dataDir: '/tmp/giving-stage',
  env,
  watch: false,
  say: console.log,
  prepare: async (all) => {
    const config = loadConfig({ ...process.env, ...all });
    installKeys(config);
    await connectMongo(config.mongodbUri, systemClock);
    await ensureIndexes();
    await openLedger({ ledger: config.ledger, clock: systemClock, random: systemRandom });
    const ctx = {
      ledger: config.ledger,
      actor: { id: 'system:stage', kind: 'system' as const, grants: [] },
      clock: systemClock,
      random: systemRandom,
      locale: 'zh-CN' as const,
    };
    const as = (role: 'countyAdmin' | 'fundManager') => ({
      ...ctx,
      actor: { id: `usr_${role}`, kind: 'person' as const, grants: [{ role, scope: '130499' }] },
    });
    await enactSamples({ proposer: as('countyAdmin'), confirmer: as('fundManager'), scope: divisionCode('130499'), sourceDoc: '演示' });
    await recordPapers(ctx);
    await registerDonor(ctx, {
      requestKey: 'stage-donor',
      kind: 'company',
      name: '和安县恒通机械有限公司',
      creditCode: '91130434MA0ABCDE67',
      contactName: '刘芳',
      mobile: '13900005821',
      password: 'seven warm hearts',
    });
    await registerPerson(ctx, {
      name: '周海',
      mobile: '13900005830',
      password: 'seven warm hearts',
      requestKey: 'stage-officer-1',
      grants: [{ role: 'financeOfficer', scope: '130499' }],
      secondFactorSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    });
    const today = shanghaiDay(systemClock.now());
    const give = (n: number, yuan: string, kind: string, name: string, code: string, extra = {}) =>
      recordBankGift(
        ctx,
        bankGiftInput.parse({
          requestKey: `stage-gift-${n}`,
          bankSerial: `STAGE-${n}`,
          receivedOn: today,
          amount: yuan,
          donorKind: kind,
          payerName: name,
          creditCode: code,
          showName: 'on',
          ...extra,
        }),
      );
    await give(1, '10000', 'company', '和安县恒通机械有限公司', '91130434MA0ABCDE67');
    await give(2, '50000', 'tradeUnion', '和安县总工会', '81130434MC0000039T', { purpose: 'illness', place: '130499101' });
    await give(3, '20000', 'charityFederation', '和安县慈善总会', '53130434MJ0000018Y');
    const source = { type: 'test', id: 'stage' };
    const aid = async (id: string, yuan: number, village: string, cause: 'illness' | 'disaster' | 'schooling', to: 'paid' | 'held') => {
      await post(ctx, {
        key: `${id}:r`,
        kind: aidReserved,
        source,
        tags: { village, cause },
        draws: [{ from: await findPoolsFor(ctx, { cause, village, day: today }), amount: yuan * 100, to: { pool: payable(id) } }],
      });
      if (to === 'held') return;
      await post(ctx, {
        key: `${id}:s`,
        kind: paymentSent,
        source,
        draws: [{ from: payable(id), amount: 'all', to: { pool: transit(id) } }],
      });
      await post(ctx, {
        key: `${id}:p`,
        kind: paymentPaid,
        source,
        tags: { village, cause },
        draws: [{ from: transit(id), amount: 'all', to: mainBank }],
      });
    };
    const [w, s, h] = ['130499101201', '130499101202', '130499201201'];
    await aid('k1', 2160, s, 'disaster', 'paid');
    await aid('k2', 1500, w, 'schooling', 'paid');
    await aid('k3', 1284, h, 'disaster', 'paid');
    await aid('k4', 890, w, 'schooling', 'paid');
    await aid('k5', 713, s, 'disaster', 'paid');
    await aid('k6', 3000, w, 'illness', 'paid');
    await aid('k7', 2500, h, 'illness', 'paid');
    await aid('k8', 1200, h, 'schooling', 'held');
    for (let n = 0; n < 9; n++)
      await aid(`m${n}`, 100 + n, [w, s, h][n % 3] as string, (['illness', 'disaster', 'schooling'] as const)[n % 3] as 'illness', 'paid');
    await closeLedger(config.ledger);
    await disconnectMongo();
  },
});
