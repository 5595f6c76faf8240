import { fen } from '../kernel/money';
import { z } from '../platform/validation/zod';
import { defineSetting, zSettingFen, zSettingWhole } from '../settings';
import { charityBodies, readCostRows, writeCostRows } from './costs/cost-limits';

const room = 'funds';

/** Below it the public-welfare fund is to be filled again (FU5; Maoxian, a fund of 3 million). */
export const refill = defineSetting({ name: 'refill', room, unit: 'fen', schema: zSettingFen(), sample: fen(500_000_00) });

/** Days before the last day of a restriction from which it is warned of: use the money, or ask the giver (FU7, demo). */
export const warnDays = defineSetting({ name: 'restriction.warnDays', room, unit: 'days', schema: zSettingWhole(1, 365), sample: 60 });

/** Days before the last certificate or filed plan ends from which it is warned of: a new one takes weeks (FU1: decided in 20 days, demo). */
export const papersWarnDays = defineSetting({ name: 'papers.warnDays', room, unit: 'days', schema: zSettingWhole(1, 365), sample: 60 });

/** What kind of charity holds the fund (FU4): the county's charity federation, which may ask the public. */
export const costBody = defineSetting({
  name: 'cost.body',
  room,
  unit: 'choice',
  schema: z.enum(charityBodies),
  choices: charityBodies,
  sample: 'fundraisingAssociation',
});

/** Net assets at the end of last year, by the audited accounts: they decide for a body without a certificate. */
export const costNetAssets = defineSetting({ name: 'cost.netAssets', room, unit: 'fen', schema: zSettingFen(), sample: fen(3_000_000_00) });

/** Below it management needs no cap (2016 no. 189). */
export const costFreeBelow = defineSetting({ name: 'cost.freeBelow', room, unit: 'fen', schema: zSettingFen(), sample: fen(200_000_00) });

const zShare = z.int({ error: 'setting.not-a-table' }).min(0, 'setting.not-a-table').max(10_000, 'setting.not-a-table');

/** Floors of spending and caps of management (Charity Law 2023 art. 61; draft text for associations; 2016 no. 189). */
export const costRows = defineSetting({
  name: 'cost.limits',
  room,
  unit: 'table',
  schema: z
    .array(
      z.object({
        body: z.enum(charityBodies, { error: 'setting.not-a-table' }),
        fromAssetsFen: z.int({ error: 'setting.not-a-table' }).min(0),
        incomeBp: zShare,
        assetsBp: zShare,
        managementBp: zShare,
      }),
    )
    .max(20),
  sample: [
    { body: 'foundation', fromAssetsFen: 0, incomeBp: 7_000, assetsBp: 0, managementBp: 1_000 },
    { body: 'fundraisingAssociation', fromAssetsFen: 0, incomeBp: 7_000, assetsBp: 0, managementBp: 1_300 },
    { body: 'association', fromAssetsFen: 10_000_000_00, incomeBp: 0, assetsBp: 600, managementBp: 1_300 },
    { body: 'association', fromAssetsFen: 5_000_000_00, incomeBp: 0, assetsBp: 700, managementBp: 1_400 },
    { body: 'association', fromAssetsFen: 1_000_000_00, incomeBp: 0, assetsBp: 800, managementBp: 1_500 },
    { body: 'association', fromAssetsFen: 0, incomeBp: 5_000, assetsBp: 800, managementBp: 2_000 },
  ],
  text: { read: readCostRows, write: writeCostRows },
});
