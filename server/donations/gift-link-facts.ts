import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { formatDay, formatTime } from '../platform/views/format';
import type { Gift } from './gift.model';
import { publicName } from './naming/public-name';

/** What the pages behind a gift's link say beside its way: who gave, as he wishes it shown, and the address to come back to. */
export async function giftLinkFacts(ctx: Context, t: Translate, gift: Gift, publicBaseUrl: string) {
  return {
    code: gift.code,
    giver: await publicName(ctx, t, gift),
    anonymous: gift.donorKind === 'anonymous',
    address: `${publicBaseUrl}/gifts/${gift.code}`,
    into: t(`donations:into.${gift.received?.into ?? gift.channel}`),
    ...(gift.received && { recordedAt: `${formatDay(gift.received.at, ctx.locale)} ${formatTime(gift.received.at)}` }),
  };
}
