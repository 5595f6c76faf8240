import { endCampaigns, followPledge, reconcileProvider } from '../../server/donations';
import { addDays, type LocalDate, shanghaiDay } from '../../server/kernel/local-date';
import { enrolKiosk, pairKiosk } from '../../server/kiosk';
import { expirePoints } from '../../server/points';
import { noticePeriod, workingCalendar } from '../../server/regions';
import { type CasePlan, payTogether, runCases, type Until } from './aid-cases';
import { announceTransfers, bringBankDays } from './bank-days';
import { setBudgets } from './budgets';
import { openCampaigns } from './campaigns';
import { cashAtCounters, cashOfYesterday, goodsInKind } from './cash-and-goods';
import { county } from './cast';
import { moreDonors } from './donors';
import { type County, foundCounty } from './found-county';
import { monthlyGiver } from './monthly-giver';
import { offerSeats } from './offer-seats';
import { incomeOfYear, smallIncome } from './other-income';
import type { Practice } from './practice';
import { promiseInstalments } from './promises';
import { daysAtProvider } from './provider-days';
import { issueReceipts, openReceiptRanges, workOnReceipts } from './receipts';
import { workOnRefunds } from './refunds';
import { bookedRoster, openRosters } from './rosters';
import { type Family, type Hardship, settleFamilies } from './settle-families';
import type { Stage } from './stage';
import { deliver, goShopping, recordDeeds } from './village-life';
import { giveByBank, namedGifts, registerDonors } from './year-of-giving';

const namedFamilies = 5; // they save their points for the visitor
const daysOfMonthPlayed = 24;
const lastMonthBegins = 85; // days before today; from then on cases are brought to their steps

/** Plays the year before today, through the acts and in order of days, so that no page of the demo is empty. */
export async function playYear(stage: Stage, households: number, say: (line: string) => void, practice?: Practice): Promise<void> {
  say('Appointing officers, setting the numbers of policy, opening shops');
  const county = await foundCounty(stage);
  say(`Registering ${households} families`);
  stage.moveTo(addDays(stage.firstDay, 2));
  const families = await settleFamilies(stage, households);
  say('Living through a year of gifts, deeds and goods');
  stage.moveTo(addDays(stage.firstDay, 3));
  await registerDonors(stage);
  const named = await namedGifts(stage, addDays(stage.firstDay, 3));
  await openReceiptRanges(stage);
  await workOnReceipts(stage, named);
  await incomeOfYear(stage, addDays(stage.firstDay, 3));
  await deliver(stage, county, firstDelivery, addDays(stage.firstDay, 3));
  await pairKiosks(stage, county);
  const giveMonthly = practice && monthlyGiver(stage, practice);
  for (let month = 0; stage.isBefore(stage.daysAgo(lastMonthBegins)); month++) {
    await giveMonthly?.(addDays(shanghaiDay(stage.clock.now()), daysOfMonthPlayed));
    await playMonth(stage, county, families, month);
    if (month % 2 === 1) await paidCases(stage, families, month);
  }
  await moreDonors(stage);
  const pledge = await promiseInstalments(stage);
  await giveMonthly?.(stage.daysAgo(58));
  say('Bringing cases to every step');
  await openCampaigns(stage);
  await bookedRoster(stage);
  await returnedCase(stage, families);
  await workOnRefunds(stage);
  await giveMonthly?.(stage.daysAgo(25));
  await waitingCases(stage, families);
  await deedsOfDay(stage, county, families.slice(0, namedFamilies), stage.daysAgo(8), true);
  await cashAtCounters(stage);
  await goodsInKind(stage, county);
  await openRosters(stage);
  const announced = await announceTransfers(stage);
  await deedsOfDay(stage, county, families.slice(0, namedFamilies), stage.daysAgo(5), true);
  await freshCases(stage, families);
  if (practice) await daysAtProvider(stage, practice);
  await deedsOfDay(stage, county, families.slice(0, 9), stage.daysAgo(1), false);
  await cashOfYesterday(stage);
  await giveMonthly?.(stage.today);
  if (practice) await reconcileProvider(stage.system, practice.giving);
  await practice?.setTime();
  await bringBankDays(stage, announced);
  await followPledge(stage.system, pledge);
  await endCampaigns(stage.system);
  await setBudgets(stage);
  await offerSeats(stage, families);
}

const firstDelivery = ['rice', 'oil', 'washing-powder', 'soap', 'towel', 'vinegar', 'salt', 'quilt', 'milk', 'notebook'].map((good) => ({
  good,
  pieces: 40,
}));

async function playMonth(stage: Stage, county: County, families: readonly Family[], month: number): Promise<void> {
  const start = addDays(shanghaiDay(stage.clock.now()), 2);
  for (let n = 0; n < 4; n++) {
    const day = addDays(start, n * 2);
    stage.moveTo(day);
    await giveByBank(stage, day, month * 10 + n);
  }
  await issueReceipts(stage);
  if (month % 3 === 2) await smallIncome(stage, shanghaiDay(stage.clock.now()), Math.floor(month / 3));
  const doing = families.filter((_, n) => n < namedFamilies || (n + month) % 3 === 0);
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
  await goShopping(stage, county, doing.slice(namedFamilies));
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

const paidAtOnce = 6;
const causes = ['illness', 'schooling', 'disaster', 'illness', 'accident', 'illness'] as const;

/** Cases of earlier months, decided and paid in one batch. */
async function paidCases(stage: Stage, families: readonly Family[], month: number): Promise<void> {
  const end = families.length - paidAtOnce * Math.floor(month / 2); // nobody twice: a small county runs out of families
  const helped = families.slice(Math.max(20, end - paidAtOnce), Math.max(20, end));
  const plans = helped.map((family, n) => ({
    family,
    hardship: hardship(family, causes[n] ?? 'illness', 900 + stage.between(0, 40) * 50),
    until: 'approved' as const,
  }));
  if (plans.length > 0) await payTogether(stage, [...(await runCases(stage, plans)).values()], 'answered');
}

/** A case that the bank sent back: it waits for a mended account, its money still drawn from the same gifts. */
async function returnedCase(stage: Stage, families: readonly Family[]): Promise<void> {
  stage.moveTo(stage.daysAgo(62));
  const cases = await runCases(stage, [
    planOf(families, 'family-1', 'illness', 2_160, 'approved'),
    planOf(families, 'family-2', 'schooling', 890, 'approved'),
  ]);
  await payTogether(stage, [...cases.values()], 'answered', [cases.get('family-2')?._id ?? '']);
}

/** Cases that wait for a manager, a second signature, a batch, the bank. */
async function waitingCases(stage: Stage, families: readonly Family[]): Promise<void> {
  stage.moveTo(await dayToRequest(stage));
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

const stepsBeforePosting = 2;
const daysForReview = 3;

/** The latest day on which to request, so that the notice is over some days before today, whatever holidays lie between. */
async function dayToRequest(stage: Stage): Promise<LocalDate> {
  const calendar = await workingCalendar(stage.system, county);
  for (let ago = 12; ; ago++) {
    const posted = stage.daysAgo(ago - stepsBeforePosting);
    const { opensOn } = noticePeriod(calendar, { posted, length: 7, unit: 'working', countFirstDay: false, roll: true });
    if (opensOn <= stage.daysAgo(daysForReview)) return stage.daysAgo(ago);
  }
}
