import { type Household, shownName } from '../households';
import type { Context } from '../kernel/context';
import type { LocalDate } from '../kernel/local-date';
import type { Translate } from '../platform/i18n/translator';
import { findPointsOf, type PointsHeld } from '../points';
import { divisionName } from '../regions';
import { findLimitsLeft, findOffer, type Redemption, type Shop } from '../supermarket';
import { demoPinOf, findDemoCards } from './demo-cards';
import { hindranceText } from './hindrance-text';
import { type ShelfGood, type ShelfView, shelfView } from './shelf-view';
import type { Visit } from './visit';

const goodsAPage = 8;
const offersShown = 5;

/** Who stands before the kiosk: masked, with a drawn face. */
export interface ShownPerson {
  name: string;
  village: string;
  face: 'man' | 'woman';
  balance: number;
}

/** Whose basket, before which shop's shelf. */
interface Before {
  shop: Shop;
  household: Household;
  visit: Visit;
}

/** The first page: what points can be exchanged for, and in the demo cards to tap. */
export async function wakePage(ctx: Context, shop: Shop, demo: boolean) {
  const [items, cards] = await Promise.all([findOffer(ctx, shop), demo ? findDemoCards(ctx) : []]);
  const offers = items.filter(({ free }) => free > 0).slice(0, offersShown);
  const held = await Promise.all(cards.map(({ household }) => findPointsOf(ctx, household)));
  return {
    offers: offers.map(({ product: { name, good, points } }) => ({ name, picture: good, points })),
    cards: cards.map(({ number, household }, at) => ({ number, name: shownName(household), balance: held[at]?.balance ?? 0 })),
  };
}

/** "Is this you?" */
export async function mePage(ctx: Context, household: Household) {
  return { person: shown(ctx, household, await findPointsOf(ctx, household)) };
}

/** One page of the shelf with the basket. */
export async function goodsPage(ctx: Context, t: Translate, { shop, household, visit }: Before, page: number) {
  const { held, view } = await look(ctx, shop, household, visit);
  const pages = Math.max(1, Math.ceil(view.goods.length / goodsAPage));
  const current = Math.min(page, pages);
  return {
    person: shown(ctx, household, held),
    goods: view.goods.slice((current - 1) * goodsAPage, current * goodsAPage).map((good) => ({ ...good, ...hindranceText(t, good) })),
    chosen: view.goods.filter(({ chosen }) => chosen > 0).map((good) => ({ ...good, cost: good.points * good.chosen })),
    pieces: view.pieces,
    used: view.used,
    left: view.left,
    page: current,
    paged: pages > 1,
    ...(current > 1 && { previous: current - 1 }),
    ...(current < pages && { next: current + 1 }),
  };
}

/** "These, is that right?": the lines, 126 − 46 = 80, and what ends first. */
export async function confirmationPage(ctx: Context, t: Translate, { shop, household, visit }: Before) {
  const { held, view } = await look(ctx, shop, household, visit);
  const lines = view.goods.filter(({ chosen }) => chosen > 0);
  return {
    lines: lines.map((good) => ({ ...good, ...hindranceText(t, good), cost: good.points * good.chosen })),
    balance: held.balance,
    used: view.used,
    left: view.left,
    missing: Math.max(0, -view.left),
    endingFirst: endingFirst(held, view),
    basket: basketText(lines),
    requestKey: visit.requestKey,
  };
}

/** The PIN that the demo tells. */
export async function pinHint(ctx: Context, visit: Visit, demo: boolean): Promise<string | undefined> {
  return demo ? demoPinOf(ctx, visit.household) : undefined;
}

/** The slip, and what is left. */
export async function slipPage(ctx: Context, household: Household, redemption: Redemption) {
  const held = await findPointsOf(ctx, household);
  const [next] = held.months;
  return {
    slip: redemption.slip,
    pickUp: redemption.slip.slice(-2), // two digits are enough for the few who stand at the counter
    lines: redemption.lines,
    at: redemption.at,
    balance: held.balance,
    ...(next?.lastDay && { next: { points: next.points, lastDay: next.lastDay } }),
  };
}

async function look(ctx: Context, shop: Shop, household: Household, visit: Visit): Promise<{ held: PointsHeld; view: ShelfView }> {
  const [held, items, limits] = await Promise.all([
    findPointsOf(ctx, household),
    findOffer(ctx, shop),
    findLimitsLeft(ctx, shop, household),
  ]);
  return { held, view: shelfView({ items, limits, balance: held.balance, basket: visit.basket }) };
}

function shown(ctx: Context, household: Household, { balance }: PointsHeld): ShownPerson {
  const head = household.members.find(({ id }) => id === household.headId);
  return {
    name: shownName(household),
    village: divisionName(household.village, ctx.locale),
    face: head?.sex === 'female' ? 'woman' : 'man',
    balance,
  };
}

/** What the form posts back: exactly what is shown. */
function basketText(lines: readonly ShelfGood[]): string {
  return lines.map(({ id, chosen, points }) => `${id}:${chosen}:${points}`).join(',');
}

function endingFirst({ months }: PointsHeld, { used }: ShelfView): { points: number; lastDay: LocalDate } | undefined {
  const [first] = months;
  return first?.lastDay && used > 0 ? { points: Math.min(first.points, used), lastDay: first.lastDay } : undefined;
}
