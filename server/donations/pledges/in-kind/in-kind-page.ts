import { maskedNames } from '../../../identity';
import type { Context } from '../../../kernel/context';
import { shanghaiDay } from '../../../kernel/local-date';
import { randomId } from '../../../kernel/random';
import type { Translate } from '../../../platform/i18n/translator';
import type { Pledge } from '../pledge.model';
import { isEndedPledge } from '../pledge.states';
import type { PledgeAccount } from '../pledge-account';
import { findGoodsToKeep } from './goods-for-pledge';
import { inKindText, inKindTotals, openRanks, openText } from './in-kind-words';

/** What a pledge's page says of what is not money: what was kept, by whom of the staff, and, for who records, what may be noted. */
export async function inKindPage(
  ctx: Context,
  t: Translate,
  pledge: Pledge,
  account: PledgeAccount,
  viewer: { isStaff: boolean; mayNote: boolean },
) {
  const inKind = inKindTotals(t, pledge.instalments, account);
  const kept = pledge.keptInKind ?? [];
  const people = viewer.isStaff ? await maskedNames(ctx, [...new Set(kept.map(({ by }) => by))]) : new Map<string, string>();
  const goodsRanks = viewer.mayNote ? openRanks(t, pledge.instalments, account, 'goods') : [];
  const labourRanks = viewer.mayNote ? openRanks(t, pledge.instalments, account, 'labour') : [];
  const goods = goodsRanks.length > 0 ? await findGoodsToKeep(ctx, pledge) : [];
  return {
    keepKey: randomId(ctx.random, 'req'),
    labourKey: randomId(ctx.random, 'req'),
    today: shanghaiDay(ctx.clock.now()),
    inKind,
    openText: isEndedPledge(pledge) ? undefined : openText(t, account, inKind),
    kept: kept.flatMap(({ rank, quantity, on, by, offer }) => {
      const { inKind } = pledge.instalments.find((part) => part.rank === rank) ?? {};
      if (!inKind) return [];
      const href = offer && viewer.isStaff ? `/donations/goods-offers/${offer.id}` : undefined;
      return [{ rank, on, what: inKindText(t, inKind, quantity), who: people.get(by), offer: offer && { number: offer.number, href } }];
    }),
    goodsRanks,
    labourRanks,
    goodsToKeep: goods.map(({ choice, number, name, unit, left }) => ({
      value: choice,
      label: `${number} · ${inKindText(t, { item: name, unit }, left)}`,
    })),
  };
}
