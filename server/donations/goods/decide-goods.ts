import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { outboxed } from '../../platform/outbox/outboxed';
import { findOfferOrThrow } from './find-goods';
import { goodsNoted } from './goods.accounts';
import type { InspectGoodsInput, RefuseGoodsInput } from './goods.inputs';
import { goodsStates } from './goods.states';
import { goodsDecided } from './goods.topics';
import { type GoodsLine, GoodsOffer } from './goods-offer.model';
import { isSpoilt, usableToday } from './value-lines';

/**
 * Says of each line how many were found safe and usable (DO3).
 * @throws `rule.same-person` for whoever offers, `input.invalid` at a line of which more is good than was offered, or that may no longer be used.
 */
export async function inspectGoods(ctx: Context, { id, lines, note }: InspectGoodsInput): Promise<GoodsOffer> {
  const offer = await findOfferOrThrow(ctx, id);
  if (offer.inspection?.by === ctx.actor.id && offer.inspection.note === note && saysSame(offer, lines)) return offer; // a second click
  const state = goodsStates.enter(offer.state, 'inspected', ctx);
  if (offer.offeredBy === ctx.actor.id) fail('rule.same-person');
  const today = shanghaiDay(ctx.clock.now());
  const inspected = offer.lines.map((line, at) => {
    const seen = lines.find((one) => one.line === at) ?? failField(`lines.${at}.usable`, 'required');
    if (seen.usable > line.quantity) failField(`lines.${at}.usable`, 'number-too-large', { max: line.quantity });
    if (seen.usable > 0 && isSpoilt(line, today)) failField(`lines.${at}.usable`, 'best-before-over');
    return { ...line, usable: seen.usable, ...(seen.quality !== undefined && { quality: seen.quality }) };
  });
  const inspection = { by: ctx.actor.id, at: ctx.clock.now(), ...(note !== undefined && { note }) };
  return notePart(ctx, offer, 'inspected', { state, lines: inspected, inspection });
}

function saysSame(offer: GoodsOffer, lines: InspectGoodsInput['lines']): boolean {
  const isSame = ({ usable, quality }: GoodsLine, at: number) => {
    const seen = lines.find(({ line }) => line === at);
    return usable === seen?.usable && quality === seen?.quality;
  };
  return offer.state.name === 'inspected' && offer.lines.every(isSame);
}

/** Accepts what was found good and may still be used. @throws `rule.same-person`, `goods.none-usable` */
export async function acceptGoods(ctx: Context, { id }: { id: string }): Promise<GoodsOffer> {
  const offer = await findOfferOrThrow(ctx, id);
  if (offer.decision?.by === ctx.actor.id && offer.state.name === 'accepted') return offer;
  const state = goodsStates.enter(offer.state, 'accepted', ctx);
  assertOther(ctx, offer);
  const lines = usableToday(offer.lines, shanghaiDay(ctx.clock.now()));
  if (!lines.some(({ usable = 0 }) => usable > 0)) fail('goods.none-usable');
  return notePart(ctx, offer, 'accepted', { state, lines, decision: { by: ctx.actor.id, at: ctx.clock.now() } });
}

/** Declines goods with a reason that the giver is told. @throws `rule.same-person` */
export async function refuseGoods(ctx: Context, { id, reason }: RefuseGoodsInput): Promise<GoodsOffer> {
  const offer = await findOfferOrThrow(ctx, id);
  if (offer.decision?.by === ctx.actor.id && offer.decision.reason === reason) return offer;
  const state = goodsStates.enter(offer.state, 'refused', ctx);
  assertOther(ctx, offer);
  return notePart(ctx, offer, 'refused', { state, decision: { by: ctx.actor.id, at: ctx.clock.now(), reason } });
}

/** Who decides is neither who offers nor who inspected (DOMAIN 0). */
function assertOther(ctx: Context, { offeredBy, inspection }: GoodsOffer): void {
  if ([offeredBy, inspection?.by].includes(ctx.actor.id)) fail('rule.same-person');
}

async function notePart(
  ctx: Context,
  offer: GoodsOffer,
  what: 'inspected' | 'accepted' | 'refused',
  fields: Partial<GoodsOffer>,
): Promise<GoodsOffer> {
  const { _id: id } = offer;
  const reason = fields.decision?.reason;
  await post(ctx, {
    key: `goodsOffer:${id}:${what}`,
    kind: goodsNoted,
    source: { type: 'goodsOffer', id },
    ...(reason !== undefined && { facts: { reason } }),
    guards: [unchanged(GoodsOffer, offer)],
    writes: () => [
      change(GoodsOffer, offer, fields),
      ...(what === 'inspected' ? [] : [outboxed(ctx, goodsDecided, { offerId: id })]),
      recorded(ctx, `goods.${what}`, { type: 'goodsOffer', id }, reason === undefined ? {} : { reason }),
    ],
  });
  return findOfferOrThrow(ctx, id);
}
