import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { formatDay, formatTime } from '../platform/views/format';
import { findStandingDonor } from './donors';
import type { Gift } from './gift.model';
import { publicGiver } from './gift-words';
import { namingOf } from './naming/naming';

/** What the pages behind a gift's link say beside its way: who gave, as he wishes it shown, and the address to come back to. */
export async function giftLinkFacts(ctx: Context, t: Translate, gift: Gift, publicBaseUrl: string) {
  const donor = gift.donor === undefined ? undefined : await findStandingDonor(ctx, gift.donor);
  return {
    code: gift.code,
    giver: publicGiver(t, gift, namingOf(donor)),
    anonymous: gift.donorKind === 'anonymous',
    address: `${publicBaseUrl}/gifts/${gift.code}`,
    into: t(`donations:into.${gift.received?.into ?? gift.channel}`),
    ...(gift.received && { recordedAt: `${formatDay(gift.received.at, ctx.locale)} ${formatTime(gift.received.at)}` }),
  };
}
