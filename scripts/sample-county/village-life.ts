import { addDays, type LocalDate } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import { confirmDeed, recordDeed } from '../../server/points';
import { receiveDelivery, redeem } from '../../server/supermarket';
import type { County } from './found-county';
import { type Family, officersOf } from './settle-families';
import { type Stage, together } from './stage';

const suppliers = ['和安县丰收粮油有限公司', '和安县供销社'];
const shelfDays: Readonly<Record<string, number>> = { rice: 365, oil: 540, milk: 180, vinegar: 700 };

/** Deeds of a day: recorded by the village's cadre, confirmed by the township unless they are to wait. */
export async function recordDeeds(
  stage: Stage,
  county: County,
  families: readonly Family[],
  day: LocalDate,
  confirm: boolean,
): Promise<void> {
  await together(families, async (family) => {
    const { cadre, township } = officersOf(stage, family.village);
    const rule = stage.pick(county.rules);
    const { _id: id } = await recordDeed(cadre, {
      requestKey: stage.key('deed'),
      household: family.id,
      rule: rule.id,
      day: addDays(day, -stage.between(0, 3)),
      activity: undefined,
      words: '',
    }).catch(alreadyRecorded);
    if (confirm && id) await confirmDeed(township, { id }).catch(noRoomLeft);
  });
}

/** Puts goods on the shelves of both shops. */
export async function deliver(
  stage: Stage,
  county: County,
  plan: readonly { good: string; pieces: number }[],
  day: LocalDate,
): Promise<void> {
  for (const [key, shop] of Object.entries(county.shops)) {
    const clerk = stage.as(key === 'shop-liushu' ? 'clerk-liushu' : 'clerk-hewan');
    for (const { good, pieces } of plan) {
      const product = county.products[good];
      if (!product) throw new Error(`no product is called ${good}`);
      const life = shelfDays[good];
      await receiveDelivery(clerk, {
        requestKey: stage.key('delivery'),
        shop: shop.id,
        product: product.id,
        pieces,
        valueYuan: fen(product.costFen * pieces),
        lastDay: life ? addDays(day, life) : undefined,
        supplier: stage.pick(suppliers),
      });
    }
  }
}

/** Families exchange what they can; who lacks points or meets a limit goes home with nothing, as in life. */
export async function goShopping(stage: Stage, county: County, families: readonly Family[]): Promise<number> {
  const goods = ['soap', 'salt', 'towel', 'notebook', 'washing-powder', 'vinegar', 'rice'];
  const served = await together(families, async (family) => {
    const [key, shop] =
      Object.entries(county.shops).find(([, one]) => one.village === family.village) ?? Object.entries(county.shops)[0] ?? [];
    if (!shop) return false;
    const clerk = stage.as(key === 'shop-hewan' ? 'clerk-hewan' : 'clerk-liushu');
    const good = county.products[stage.pick(goods)];
    if (!good) return false;
    const basket = [{ product: good.id, pieces: 1, points: good.points }];
    return redeem(clerk, { requestKey: stage.key('redeem'), shop: shop.id, household: family.id, basket }).then(
      () => true,
      refusedForGoodReason,
    );
  });
  return served.filter(Boolean).length;
}

const isCode = (error: unknown, ...codes: string[]) => codes.includes((error as { code?: string }).code ?? '');

function alreadyRecorded(error: unknown): { _id: undefined } {
  if (isCode(error, 'points.already-recorded')) return { _id: undefined };
  throw error;
}

function noRoomLeft(error: unknown): void {
  if (!isCode(error, 'points.no-room')) throw error;
}

function refusedForGoodReason(error: unknown): false {
  if (isCode(error, 'supermarket.points-missing', 'supermarket.out-of-stock', 'supermarket.limit-reached')) return false;
  throw error;
}
