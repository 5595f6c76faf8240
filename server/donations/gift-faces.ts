import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { anyOf } from '../platform/mongo/operators';
import { Gift } from './gift.model';
import { staffGiver } from './gift-words';
import { ParkedPayment } from './parked-payment.model';

/** A gift as lists of other rooms show it: its number, and who gave, as staff see it. */
export interface GiftFace {
  number: string;
  giver: string;
}

/** The gifts behind these numbers, ids, and payments put aside, by what was asked. */
export async function giftFaces(ctx: Context, t: Translate, refs: readonly string[]): Promise<Map<string, GiftFace>> {
  const parked = await ParkedPayment.find({ ledger: ctx.ledger, _id: anyOf(refs) }, { gift: 1 }).lean<
    Pick<ParkedPayment, '_id' | 'gift'>[]
  >();
  const ids = [...refs, ...parked.map(({ gift }) => gift)];
  const gifts = await Gift.find({ ledger: ctx.ledger, $or: [{ _id: anyOf(ids) }, { number: anyOf(refs) }] }).lean<Gift[]>();
  const faces = new Map<string, GiftFace>();
  for (const gift of gifts) {
    const face = { number: gift.number, giver: staffGiver(t, gift) };
    const behind = parked.filter((payment) => payment.gift === gift._id).map(({ _id }) => _id);
    for (const ref of [gift._id, gift.number, ...behind]) faces.set(ref, face);
  }
  return faces;
}
