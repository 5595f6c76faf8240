import { payTogether, runCases } from '../../scripts/sample-county/aid-cases';
import { cashOfYesterday, goodsInKind } from '../../scripts/sample-county/cash-and-goods';
import * as cast from '../../scripts/sample-county/cast';
import { type County, demoPassword, foundCounty } from '../../scripts/sample-county/found-county';
import { offerSeats } from '../../scripts/sample-county/offer-seats';
import { pairKiosks, planOf } from '../../scripts/sample-county/play-year';
import { openReceiptRanges, workOnReceipts } from '../../scripts/sample-county/receipts';
import { type Family, settleFamilies } from '../../scripts/sample-county/settle-families';
import type { Stage } from '../../scripts/sample-county/stage';
import { deliver, goShopping, recordDeeds } from '../../scripts/sample-county/village-life';
import { namedGifts, registerDonors } from '../../scripts/sample-county/year-of-giving';
import { registerPerson } from '../../server/identity';
import { divisionCode } from '../../server/kernel/division-code';
import { addDays } from '../../server/kernel/local-date';
import { proposeSetting } from '../../server/settings';

export interface SmallCounty extends County {
  families: readonly Family[];
}

const goods = ['rice', 'oil', 'soap', 'salt', 'towel', 'notebook', 'washing-powder', 'vinegar'];

/**
 * A few weeks of the sample county, through the acts: somebody in every role, and something of every kind to find, in two townships and
 * for two families and two organisations, so that each may be asked for the other's. Three seconds.
 */
export async function playSmallCounty(stage: Stage): Promise<SmallCounty> {
  const county = await foundCounty(stage);
  stage.moveTo(addDays(stage.firstDay, 2));
  const families = await settleFamilies(stage, 8);
  const day = addDays(stage.firstDay, 3);
  await registerDonors(stage);
  stage.moveTo(day);
  const named = await namedGifts(stage, day);
  await openReceiptRanges(stage);
  await workOnReceipts(stage, named);
  await deliver(
    stage,
    county,
    goods.map((good) => ({ good, pieces: 20 })),
    day,
  );
  stage.moveTo(stage.daysAgo(60));
  await pairKiosks(stage, county);
  await recordDeeds(stage, county, families, stage.daysAgo(60), true);
  stage.moveTo(stage.daysAgo(50));
  await recordDeeds(stage, county, families, stage.daysAgo(50), true);
  await goShopping(stage, county, families);
  await decideCases(stage, families);
  stage.moveTo(stage.daysAgo(1));
  await recordDeeds(stage, county, families, stage.daysAgo(1), false);
  await cashOfYesterday(stage);
  await goodsInKind(stage, county);
  await proposeNumber(stage);
  await offerSeats(stage, families);
  await seatSecondFamily(stage, families);
  return { ...county, families };
}

/** Cases in the village, before the manager, in a batch under way and paid, on both sides of the township's border. */
async function decideCases(stage: Stage, families: readonly Family[]): Promise<void> {
  stage.moveTo(stage.daysAgo(30));
  const cases = await runCases(stage, [
    planOf(families, 'family-1', 'schooling', 2_160, 'approved'), // drawn from what was given for everything
    planOf(families, 'family-2', 'illness', 1_284, 'approved'),
    planOf(families, 'li', 'illness', 1_500, 'approved'),
    planOf(families, 'zhang', 'illness', 2_050, 'reviewed'),
    planOf(families, 'zhao', 'illness', 2_600, 'noticeOver'),
    planOf(families, 'wang', 'illness', 3_200, 'requested'),
  ]);
  const [paid, toSign] = [cases.get('family-1'), cases.get('family-2')];
  if (paid) await payTogether(stage, [paid], 'answered');
  if (toSign) await payTogether(stage, [toSign], 'made');
}

/** A number of policy that waits for its second person. */
async function proposeNumber(stage: Stage): Promise<void> {
  await proposeSetting(stage.as('admin'), {
    requestKey: 'proposal-of-small-county',
    name: 'timeout',
    scope: divisionCode(cast.county),
    value: '90',
    effectiveFrom: addDays(stage.today, 30),
    effectiveTo: undefined,
    sourceDoc: '和防贫办〔2026〕7 号（演示）',
    reason: '老人说六十秒太短',
  });
}

/** A second family who signs in. */
async function seatSecondFamily(stage: Stage, families: readonly Family[]): Promise<void> {
  const [, { key, head, mobile }] = cast.families;
  const family = families.find((one) => one.key === key);
  if (!family) throw new Error('the second family is not registered');
  await registerPerson(stage.system, {
    name: head,
    mobile,
    password: demoPassword,
    grants: [{ role: 'household', scope: family.id }],
    requestKey: `seat-of-${key}`,
  });
}
