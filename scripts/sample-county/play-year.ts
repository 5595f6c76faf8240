import { addDays, type LocalDate } from '../../server/kernel/local-date';
import { enrolKiosk, pairKiosk } from '../../server/kiosk';
import { expirePoints } from '../../server/points';
import { type CasePlan, payTogether, runCases, type Until } from './aid-cases';
import { type County, foundCounty } from './found-county';
import { offerSeats } from './offer-seats';
import { type Family, type Hardship, settleFamilies } from './settle-families';
import type { Stage } from './stage';
import { deliver, goShopping, recordDeeds } from './village-life';
import { giveByBank, namedGifts } from './year-of-giving';

const months = 10;
const daysOfMonth = 30;

/** Plays the year before today, through the acts and in order of days, so that no page of the demo is empty. */
export async function playYear(stage: Stage, households: number, say: (line: string) => void): Promise<void> {
  say('Appointing officers, setting the numbers of policy, opening shops');
  const county = await foundCounty(stage);
  say(`Registering ${households} families`);
  stage.moveTo(addDays(stage.firstDay, 2));
  const families = await settleFamilies(stage, households);
  say('Living through a year of gifts, deeds and goods');
  stage.moveTo(addDays(stage.firstDay, 3));
  await namedGifts(stage, addDays(stage.firstDay, 3));
  await deliver(stage, county, firstDelivery, addDays(stage.firstDay, 3));
  await pairKiosks(stage, county);
  for (let month = 0; month < months; month++) await playMonth(stage, county, families, month);
  say('Bringing cases to every step');
  await paidCases(stage, families);
  await waitingCases(stage, families);
  await deedsOfDay(stage, county, families.slice(0, 5), stage.daysAgo(8), true);
  await deedsOfDay(stage, county, families.slice(0, 5), stage.daysAgo(5), true);
  await freshCases(stage, families);
  await deedsOfDay(stage, county, families.slice(0, 9), stage.daysAgo(1), false);
  await offerSeats(stage, families);
}

const firstDelivery = ['rice', 'oil', 'washing-powder', 'soap', 'towel', 'vinegar', 'salt', 'quilt', 'milk', 'notebook'].map((good) => ({
  good,
  pieces: 40,
}));

async function playMonth(stage: Stage, county: County, families: readonly Family[], month: number): Promise<void> {
  const start = addDays(stage.firstDay, 5 + month * daysOfMonth);
  for (let n = 0; n < 4; n++) {
    const day = addDays(start, n * 2);
    stage.moveTo(day);
    await giveByBank(stage, day, month * 10 + n);
  }
  const doing = families.filter((_, n) => (n + month) % 3 === 0);
  for (const offset of [9, 14]) {
    stage.moveTo(addDays(start, offset));
    await recordDeeds(stage, county, doing, addDays(start, offset), true);
  }
  stage.moveTo(addDays(start, 18));
  await deliver(
    stage,
    county,
    [
      { good: 'rice', pieces: 12 },
      { good: 'soap', pieces: 20 },
    ],
    addDays(start, 18),
  );
  stage.moveTo(addDays(start, 22));
  await goShopping(stage, county, doing);
  await expirePoints(stage.system);
}

/** Enrols and pairs the kiosk of each shop. */
export async function pairKiosks(stage: Stage, county: County): Promise<void> {
  for (const [key, name] of [
    ['shop-liushu', 'K01'],
    ['shop-hewan', 'K02'],
  ] as const) {
    const shop = county.shops[key];
    if (!shop) continue;
    const { code } = await enrolKiosk(stage.as('admin'), { requestKey: `kiosk-${key}`, shop: shop.id, name });
    if (code) await pairKiosk(stage.system, { code });
  }
}

const linePerHead = 9_000; // the sample's monitoring line of 2025, yuan

/** A family whose income and relief together lie so many yuan below the line. */
function hardship(family: Family, cause: Hardship['cause'], gap: number): Hardship {
  const beside = { subsistenceAllowance: 2_400, farming: 3_200 };
  const relief = { medical: cause === 'illness' ? 600 : 0, insurance: cause === 'illness' ? 500 : 0 };
  const received = Object.fromEntries(Object.entries(relief).filter(([, yuan]) => yuan > 0));
  const labour = family.heads * linePerHead - gap - 2_400 - 3_200 - relief.medical - relief.insurance;
  const group = cause === 'schooling' ? 'unstable' : 'marginal';
  return { group, cause, income: { labour, ...beside }, relief: received };
}

/** How far the case of a family is to come, with a gap of so many yuan. */
export function planOf(families: readonly Family[], key: string, cause: Hardship['cause'], gap: number, until: Until): CasePlan {
  const family = families.find((one) => one.key === key);
  if (!family) throw new Error(`no family is called ${key}`);
  return { family, hardship: hardship(family, cause, gap), until };
}

/** Cases that were paid weeks ago; the bank sent one of them back, and it waits for a mended account. */
async function paidCases(stage: Stage, families: readonly Family[]): Promise<void> {
  stage.moveTo(stage.daysAgo(64));
  const cases = await runCases(stage, [
    planOf(families, 'family-1', 'illness', 2_160, 'approved'),
    planOf(families, 'family-2', 'schooling', 1_500, 'approved'),
    planOf(families, 'family-3', 'disaster', 1_284, 'approved'),
    planOf(families, 'family-4', 'illness', 890, 'approved'),
  ]);
  const paid = [...cases.values()];
  await payTogether(
    stage,
    paid,
    'answered',
    paid.slice(3).map(({ _id }) => _id),
  );
}

/** Cases that wait for a manager, a second signature, a batch, the bank. */
async function waitingCases(stage: Stage, families: readonly Family[]): Promise<void> {
  stage.moveTo(stage.daysAgo(30));
  const cases = await runCases(stage, [
    planOf(families, 'family-5', 'illness', 2_750, 'sentBack'),
    planOf(families, 'family-6', 'schooling', 1_900, 'refused'),
    planOf(families, 'family-7', 'disaster', 2_400, 'approved'),
    planOf(families, 'family-8', 'illness', 1_650, 'approved'),
    planOf(families, 'family-13', 'illness', 1_100, 'approved'),
    planOf(families, 'li', 'schooling', 4_300, 'signedOnce'),
    planOf(families, 'zhang', 'illness', 5_000, 'reviewed'),
    planOf(families, 'family-9', 'illness', 2_050, 'reviewed'),
    planOf(families, 'family-10', 'schooling', 1_200, 'reviewed'),
    planOf(families, 'zhao', 'disaster', 2_600, 'noticeOver'),
  ]);
  const [toSign, sent] = [cases.get('family-7'), cases.get('family-13')];
  if (sent) await payTogether(stage, [sent], 'exported');
  if (toSign) await payTogether(stage, [toSign], 'signedOnce');
}

/** Cases of this week, in the village's hands. */
async function freshCases(stage: Stage, families: readonly Family[]): Promise<void> {
  stage.moveTo(stage.daysAgo(4));
  await runCases(stage, [
    planOf(families, 'wang', 'illness', 3_200, 'posted'),
    planOf(families, 'ouyang', 'accident', 2_250, 'appraised'),
    planOf(families, 'family-11', 'illness', 1_800, 'surveyed'),
    planOf(families, 'family-12', 'illness', 2_900, 'requested'),
  ]);
}

async function deedsOfDay(stage: Stage, county: County, families: readonly Family[], day: LocalDate, confirm: boolean): Promise<void> {
  stage.moveTo(day);
  await recordDeeds(stage, county, families, day, confirm);
}
