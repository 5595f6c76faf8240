import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { debit, type Posting, post } from '../../ledger';
import { decryptField, encryptField } from '../../platform/crypto/encrypt-field';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { outboxed } from '../../platform/outbox/outboxed';
import { giftArrived } from '../donations.topics';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { findOfferOrThrow } from './find-goods';
import { goodsLot, goodsNoted, goodsPool, goodsValued, store } from './goods.accounts';
import type { ValueGoodsInput } from './goods.inputs';
import { goodsStates } from './goods.states';
import { GoodsOffer, offerPlace } from './goods-offer.model';
import { isSpoilt, totalValue, usableToday, valueLines } from './value-lines';

/**
 * Values accepted goods by their evidence. What has a value is a gift from now on, booked under the offer's number in the same commit;
 * what has none is kept by name only and is no income (DO3).
 * @throws `rule.same-person` for whoever offers, inspected or decided; `state.not-allowed` once they are
 * valued; `input.invalid` at a line of which nothing was good, or that may no longer be used.
 */
export async function valueGoods(ctx: Context, { id, lines: asked }: ValueGoodsInput): Promise<GoodsOffer> {
  const offer = await findOfferOrThrow(ctx, id);
  if (offer.valuation?.by === ctx.actor.id && saysSame(offer, asked)) return offer; // a second click
  if (offer.valuation) fail('state.not-allowed', { from: offer.state.name, to: 'valued' }); // shelves take them at this value
  const state = goodsStates.enter(offer.state, 'valued', ctx);
  if ([offer.offeredBy, offer.inspection?.by, offer.decision?.by].includes(ctx.actor.id)) fail('rule.same-person');
  const today = shanghaiDay(ctx.clock.now());
  const usable = usableToday(offer.lines, today);
  const supported = usable.map((line, at) => {
    const { unitPrice, evidence } = asked.find((one) => one.line === at) ?? {};
    if (unitPrice !== undefined && isSpoilt(line, today)) failField(`lines.${at}.unitPrice`, 'best-before-over');
    if (unitPrice !== undefined && !line.usable) failField(`lines.${at}.unitPrice`, 'nothing-usable');
    return { ...(unitPrice !== undefined && { unitFen: unitPrice }), ...(evidence !== undefined && { evidence }) };
  });
  const lines = valueLines(usable, supported);
  const valueFen = totalValue(lines);
  const valuation = { by: ctx.actor.id, at: ctx.clock.now() };
  const valued: GoodsOffer = { ...offer, lines, valueFen, state, valuation };
  await post(ctx, valueFen > 0 ? asGift(ctx, offer, valued) : byName(ctx, offer, valued));
  return findOfferOrThrow(ctx, id);
}

function saysSame(offer: GoodsOffer, asked: ValueGoodsInput['lines']): boolean {
  return offer.lines.every(({ unitFen, valueEvidence }, at) => {
    const { unitPrice, evidence } = asked.find(({ line }) => line === at) ?? {};
    return unitFen === unitPrice && (unitPrice === undefined || valueEvidence === evidence);
  });
}

/** Books the value: goods in the store against a lot that only shelves draw from. */
function asGift(ctx: Context, offer: GoodsOffer, { lines, state, valuation, valueFen = offer.valueFen }: GoodsOffer): Posting {
  const { _id: id, number, area } = offer;
  const gift = idOfFact(ctx, 'gft', `goods/${id}`);
  const on = shanghaiDay(ctx.clock.now());
  const amountFen = totalValue(lines);
  return {
    key: `gift:${gift}:received`,
    kind: goodsValued,
    source: { type: 'gift', id: gift },
    tags: { purpose: 'goods' },
    legs: [debit(store, amountFen)],
    lots: [{ lot: goodsLot(number), pool: goodsPool(area), amount: amountFen, order: `${on}/${number}`, origin: number }],
    guards: [unchanged(GoodsOffer, offer), absent(Gift, gift)],
    writes: () => [
      change(GoodsOffer, offer, { lines, state, gift, ...(valuation && { valuation }), ...(valueFen !== undefined && { valueFen }) }),
      insertion(ctx, Gift, {
        _id: gift,
        number,
        code: offer.code,
        donorKind: offer.donorKind,
        ...(offer.donor !== undefined && { donor: offer.donor }),
        ...(offer.payerName !== undefined && { payerName: offer.payerName }),
        ...sealedAnew(offer, gift),
        showName: offer.showName,
        ...(offer.locale && { locale: offer.locale }),
        amountFen,
        restriction: { purpose: 'goods', ...(area && { area }) },
        channel: 'goods',
        state: giftStates.begin('received', ctx),
        openedAt: offer.offeredAt,
        openedBy: offer.offeredBy,
        attempts: [],
        received: { on, at: ctx.clock.now(), into: 'goods', proof: id },
        items: lines
          .filter(({ usable = 0 }) => usable > 0)
          .map(({ name, unit, usable = 0, unitFen, valueFen: worth }) => ({
            name,
            unit,
            quantity: usable,
            ...(unitFen !== undefined && { unitFen }),
            ...(worth !== undefined && { valueFen: worth }),
          })),
      }),
      outboxed(ctx, giftArrived, { giftId: gift }),
      recorded(ctx, 'goods.valued', { type: 'goodsOffer', id }, { amountFen }),
    ],
  };
}

/** Nothing of it has a price that anything supports: its names are kept, and no money is. */
function byName(ctx: Context, offer: GoodsOffer, { lines, state, valuation, valueFen }: GoodsOffer): Posting {
  const { _id: id } = offer;
  return {
    key: `goodsOffer:${id}:named`,
    kind: goodsNoted,
    source: { type: 'goodsOffer', id },
    guards: [unchanged(GoodsOffer, offer)],
    writes: () => [
      change(GoodsOffer, offer, { lines, state, ...(valuation && { valuation }), ...(valueFen !== undefined && { valueFen }) }),
      recorded(ctx, 'goods.named', { type: 'goodsOffer', id }),
    ],
  };
}

/** What is sealed for the place where it stands moves by being sealed again. */
function sealedAnew({ _id, payerSealed, contact }: GoodsOffer, gift: string): Pick<Gift, 'payerSealed' | 'contact'> {
  const moved = (sealed: string, field: 'payerName' | 'contactName' | 'contactPhone') =>
    encryptField(decryptField(sealed, offerPlace(_id, field)), `gift/${gift}/${field}`);
  return {
    ...(payerSealed !== undefined && { payerSealed: moved(payerSealed, 'payerName') }),
    ...(contact && {
      contact: { nameSealed: moved(contact.nameSealed, 'contactName'), phoneSealed: moved(contact.phoneSealed, 'contactPhone') },
    }),
  };
}
