import { givingBasis, placesIn } from '../../funds';
import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import { countyCode, divisionFullName } from '../../regions';
import { findDonor } from '../donors';
import { publicName } from '../naming/public-name';
import { ownDonorIds } from '../own-donor';
import { pledgesOfOffer } from '../pledges/in-kind/pledges-of-offer';
import { isHeldByLink, isOnlyOffered } from '../withdrawals/may-withdraw';
import { countOffers, findOfferOrThrow, findOffers } from './find-goods';
import { formLines, type GoodsFilters, goodsGivers } from './goods.inputs';
import { goodsStates } from './goods.states';
import type { GoodsOffer } from './goods-offer.model';
import type { PhotoSide } from './goods-photo.model';
import { goodsChip, goodsGiver, goodsText } from './goods-words';
import { mayTakePhotos, mostPhotos } from './photo-rules';
import { isSpoilt, usableToday } from './value-lines';

export const pageOfOffer = (id: string) => `/donations/goods-offers/${id}`;

/** The form by which everybody offers goods, or why it is closed (FU1); a member offers for his organisation. */
export async function offerPage(ctx: Context, t: Translate) {
  const basis = await givingBasis(ctx, shanghaiDay(ctx.clock.now()));
  if (!basis.open) return { closed: basis };
  const [own] = ownDonorIds(ctx.actor, 'gift.give');
  return {
    requestKey: randomId(ctx.random, 'req'),
    own: own ? await findDonor(ctx, own) : undefined,
    today: shanghaiDay(ctx.clock.now()),
    givers: goodsGivers.map((value) => ({ value, label: t(`donations:give.${value}`) })),
    places: placesIn(ctx, countyCode()),
    mostPhotos,
    rows: Array.from({ length: formLines }, (_, index) => ({ index, isFirst: index === 0 })),
  };
}

/** What the giver, and whoever has the link, may see: the goods, how they stand, why they were declined. */
function offerFacts(ctx: Context, t: Translate, offer: GoodsOffer) {
  const today = shanghaiDay(ctx.clock.now());
  const lines = offer.valuation ? offer.lines : usableToday(offer.lines, today);
  const { number, code, state, area, offeredAt, decision, inspection, valuation, valueFen } = offer;
  return {
    number,
    code,
    state: state.name,
    chip: goodsChip(t, offer),
    meaning: t(`given:meaning.${state.name}`),
    offeredAt,
    area: area ? divisionFullName(area, ctx.locale) : t('given:anywhere'),
    reason: decision?.reason,
    valueFen,
    isValued: valuation !== undefined,
    giftHref: offer.gift && `/gifts/${code}`,
    lines: lines.map((line, index) => ({
      index,
      ...line,
      isInspected: line.usable !== undefined,
      usableAtMost: isSpoilt(line, today) ? 0 : line.quantity,
    })),
    steps: [
      { what: t('given:done.offered'), at: offeredAt },
      ...(inspection ? [{ what: t('given:done.inspected'), at: inspection.at }] : []),
      ...(decision ? [{ what: t(`given:done.${decision.reason === undefined ? 'accepted' : 'refused'}`), at: decision.at }] : []),
      ...(valuation ? [{ what: t('given:done.valued'), at: valuation.at }] : []),
      ...(state.name === 'withdrawn' ? [{ what: t('given:done.withdrawn'), at: state.at }] : []),
      ...(state.name === 'shelved' ? [{ what: t('given:done.shelved'), at: state.at }] : []),
    ].reverse(),
  };
}

/** The page behind an offer's link. */
export async function publicOfferPage(ctx: Context, t: Translate, offer: GoodsOffer, publicBaseUrl: string) {
  return {
    ...offerFacts(ctx, t, offer),
    giver: await publicName(ctx, t, offer),
    address: `${publicBaseUrl}/goods-offers/${offer.code}`,
    ...photoFacts(t, offer, { base: `/goods-offers/${offer.code}`, side: 'giver', may: isGiver(ctx, offer) }),
    withdrawAction: isOnlyOffered(offer) ? withdrawActionOf(ctx, offer) : undefined,
  };
}

/** The photos of an offer, and whether this side may add to them or take away. */
function photoFacts(t: Translate, offer: GoodsOffer, viewer: { base: string; side: PhotoSide; may: boolean }) {
  const mayChange = viewer.may && mayTakePhotos(offer);
  const photos = offer.photos ?? [];
  return {
    photos: photos.map(({ id, side }, index) => ({
      href: `${viewer.base}/photos/${id}`,
      label: t(`given:photo.of.${side}`, { rank: index + 1 }),
      removeAction: mayChange && (viewer.side === 'inspector' || side === 'giver') ? `${viewer.base}/photos/${id}/removals` : undefined,
    })),
    mayAddPhoto: mayChange,
    photosFull: photos.filter(({ side }) => side === viewer.side).length >= mostPhotos,
    addPhotoAction: `${viewer.base}/photos`,
  };
}

/** Whether whoever looks acts as the giver: by the link of what no member offered, or as a member of the organisation that offers it. */
export function isGiver(ctx: Context, offer: GoodsOffer): boolean {
  return isHeldByLink(offer) || (offer.donor !== undefined && ownDonorIds(ctx.actor, 'gift.give').includes(offer.donor));
}

/** Where whoever looks at an offer's page takes it back: by the link, or as a member of the organisation that made it. */
function withdrawActionOf(ctx: Context, offer: GoodsOffer): string | undefined {
  if (isHeldByLink(offer)) return `/goods-offers/${offer.code}/withdrawals`;
  return isGiver(ctx, offer) ? `/my/goods-offers/${offer._id}/withdrawals` : undefined;
}

/** Offers as rows of a list. */
export function offerRows(t: Translate, offers: readonly GoodsOffer[], hrefOf: (offer: GoodsOffer) => string) {
  return offers.map((offer) => ({
    href: hrefOf(offer),
    number: offer.number,
    giver: goodsGiver(offer),
    what: goodsText(t, offer.lines),
    offeredAt: offer.offeredAt,
    valueFen: offer.valueFen,
    chip: goodsChip(t, offer),
  }));
}

/** The staff's queue, by state. */
export async function offersPage(ctx: Context, t: Translate, filters: GoodsFilters, hrefOf: (view: string) => string) {
  const [{ rows, next }, counts] = await Promise.all([findOffers(ctx, filters), countOffers(ctx)]);
  return {
    view: filters.view,
    views: goodsStates.states.map((state) => ({
      href: hrefOf(state),
      label: t(`given:state.${state}`),
      count: counts[state] ?? 0,
      current: state === filters.view,
    })),
    next,
    rows: offerRows(t, rows, ({ _id }) => pageOfOffer(_id)),
  };
}

/** One offer for staff, with the step that this person may take. */
export async function staffOfferPage(ctx: Context, t: Translate, id: string) {
  const offer = await findOfferOrThrow(ctx, id);
  const { state, inspection, decision, valuation, offeredBy } = offer;
  const people = await maskedNames(ctx, [inspection?.by ?? '', decision?.by ?? '', valuation?.by ?? ''].filter(Boolean));
  const hands = [offeredBy, inspection?.by, decision?.by];
  const [hasHand, isAt] = [hands.includes(ctx.actor.id), state.name];
  const step = { offered: 'goods.inspect', inspected: 'goods.decide', accepted: 'goods.value' } as const;
  const permission = isAt in step ? step[isAt as keyof typeof step] : undefined;
  const mayStep = permission !== undefined && may(ctx.actor, permission);
  const pledges = may(ctx.actor, 'gift.read') ? await pledgesOfOffer(ctx, offer) : [];
  return {
    ...offerFacts(ctx, t, offer),
    id,
    pledges: pledges.map(({ _id, number }) => ({ number, href: `/donations/pledges/${_id}` })),
    href: pageOfOffer(id),
    giver: goodsGiver(offer),
    kind: t(`donations:kindOf.${offer.donorKind}`),
    note: offer.note,
    inspection: inspection && { by: people.get(inspection.by) ?? '', at: inspection.at, note: inspection.note },
    decision: decision && { by: people.get(decision.by) ?? '', at: decision.at },
    valuation: valuation && { by: people.get(valuation.by) ?? '', at: valuation.at },
    mayInspect: isAt === 'offered' && mayStep && !hasHand,
    mayDecide: isAt === 'inspected' && mayStep && !hasHand,
    mayAccept: usableToday(offer.lines, shanghaiDay(ctx.clock.now())).some(({ usable = 0 }) => usable > 0),
    mayValue: isAt === 'accepted' && mayStep && !hasHand,
    ...photoFacts(t, offer, { base: pageOfOffer(id), side: 'inspector', may: may(ctx.actor, 'goods.inspect') }),
    mayWithdraw: isOnlyOffered(offer) && may(ctx.actor, 'gift.record'),
    waitsForOther: mayStep && hasHand,
    letterHref: isAt === 'refused' ? `${pageOfOffer(id)}/letter` : undefined,
    giftHref: offer.gift && may(ctx.actor, 'gift.read') ? `/donations/gifts/${offer.number}` : undefined,
  };
}
