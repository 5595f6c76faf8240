import type { Context } from '../../kernel/context';
import { covers, type DivisionCode } from '../../kernel/division-code';
import { fail, failField } from '../../kernel/errors';
import type { LocalDate } from '../../kernel/local-date';
import { type AccountCode, credit, type Draw, type Leg } from '../../ledger';
import { sharedTranslator } from '../../platform/i18n/translator';
import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../../platform/mongo/document-writes';
import { publicName } from '../naming/public-name';
import { findOfferOrThrow } from './find-goods';
import { goodsLot, goodsPool, store } from './goods.accounts';
import { goodsStates } from './goods.states';
import { GoodsOffer } from './goods-offer.model';
import { leftToShelve } from './value-lines';

/** A line of valued goods that waits for a shelf. */
export interface GoodsToShelve {
  offer: string;
  line: number;
  number: string;
  name: string;
  unit: string;
  left: number;
  lastDay?: LocalDate;
}

const most = 200;

/** Given goods that may go to a shop of this village, the first valued first: they keep their area (SH5). */
export async function findGoodsToShelve(ctx: Context, village: DivisionCode): Promise<GoodsToShelve[]> {
  const offers = await GoodsOffer.find({ ledger: ctx.ledger, 'state.name': 'valued' })
    .sort({ offeredAt: 1 })
    .limit(most)
    .lean<GoodsOffer[]>();
  return offers
    .filter(({ area }) => area === undefined || covers(area, village))
    .flatMap(({ _id, number, lines }) =>
      lines.map(({ name, unit, lastDay, ...line }, at) => ({
        offer: _id,
        line: at,
        number,
        name,
        unit,
        left: leftToShelve(line),
        ...(lastDay && { lastDay }),
      })),
    )
    .filter(({ left }) => left > 0);
}

/** What a shop's entry must hold when it puts given goods on its shelf. */
export interface PreparedShelving {
  number: string;
  name: string;
  giver: string;
  valueFen: number;
  lastDay?: LocalDate;
  legs: readonly Leg[];
  draws: readonly Draw[];
  guards: readonly DocumentGuard[];
  writes: readonly DocumentWrite[];
}

/**
 * Takes some of a line out of the store: its value leaves the gift's lot for `income`, the shop's account of what came in. Goods without a
 * price have no value to move. @throws `not-found`, `state.not-allowed`, `goods.other-area`, `input.invalid` at `quantity`.
 */
export async function prepareShelving(
  ctx: Context,
  wanted: { offer: string; line: number; quantity: number; village: DivisionCode; income: AccountCode },
): Promise<PreparedShelving> {
  const offer = await findOfferOrThrow(ctx, wanted.offer);
  const line = offer.lines[wanted.line] ?? fail('not-found');
  const { number, area } = offer;
  if (area !== undefined && !covers(area, wanted.village)) fail('goods.other-area');
  const left = leftToShelve(line);
  goodsStates.assertMay(offer.state.name, 'shelved');
  if (wanted.quantity > left) failField('quantity', 'number-too-large', { max: left });
  const lines = offer.lines.map((one, at) => (at === wanted.line ? { ...one, shelved: one.shelved + wanted.quantity } : one));
  const isLast = lines.every((one) => leftToShelve(one) <= 0);
  const valueFen = (line.unitFen ?? 0) * wanted.quantity;
  const t = (await sharedTranslator()).in('zh-CN');
  return {
    number,
    name: line.name,
    giver: await publicName(ctx, t, offer),
    valueFen,
    ...(line.lastDay && { lastDay: line.lastDay }),
    legs: valueFen > 0 ? [credit(store, valueFen)] : [],
    draws: valueFen > 0 ? [{ from: goodsPool(area), lot: goodsLot(number), amount: valueFen, to: wanted.income }] : [],
    guards: [unchanged(GoodsOffer, offer)],
    writes: [change(GoodsOffer, offer, { lines, state: goodsStates.enter(offer.state, isLast ? 'shelved' : 'valued', ctx) })],
  };
}
