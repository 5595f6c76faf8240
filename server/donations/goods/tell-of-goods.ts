import type { Context } from '../../kernel/context';
import { decryptField } from '../../platform/crypto/encrypt-field';
import { languageOf } from '../language-of';
import { phoneOfSpeaker } from '../speaker-of';
import type { Thanking } from '../thank-donor';
import { findOfferOrThrow } from './find-goods';
import { type GoodsOffer, offerPlace } from './goods-offer.model';

/** Tells a giver once whether the goods were accepted, with the page that says why. */
export async function tellOfGoods(ctx: Context, { messenger, translator, publicBaseUrl }: Thanking, offerId: string): Promise<void> {
  const offer = await findOfferOrThrow(ctx, offerId);
  const to = await phoneOf(ctx, offer);
  if (!to) return;
  const what = offer.state.name === 'refused' ? 'refused' : 'accepted';
  const text = translator.in(languageOf(offer))(`given:message.${what}`, {
    number: offer.number,
    address: `${publicBaseUrl}/goods-offers/${offer.code}`,
  });
  await messenger.send({ key: `goods-${offerId}-${what}`, by: 'sms', to, text });
}

/** Read only where the message is made: a queue's payload must not hold it. */
async function phoneOf(ctx: Context, { _id, contact, donor }: GoodsOffer): Promise<string | undefined> {
  if (contact) return decryptField(contact.phoneSealed, offerPlace(_id, 'contactPhone'));
  return donor === undefined ? undefined : phoneOfSpeaker(ctx, donor);
}
