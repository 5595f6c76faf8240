import { zId, zNfcText } from '../../platform/validation/types';
import { z } from '../../platform/validation/zod';

/** Why staff take back for a giver what he has announced; the giver himself need not say why. */
const why = { reason: zNfcText(200, { lines: true }) };

export const withdrawByLink = z.object({ code: zId('g') });
export const withdrawOwnGift = z.object({ number: zId() });
export const withdrawGiftInput = withdrawOwnGift.extend(why);
export const withdrawOwnOffer = z.object({ id: zId('gof') });
export const withdrawOfferInput = withdrawOwnOffer.extend(why);
export const withdrawOwnPledge = z.object({ id: zId('plg') });
export const withdrawPledgeInput = withdrawOwnPledge.extend(why);
