import type { Context } from '../../kernel/context';
import type { Translate } from '../../platform/i18n/translator';
import { divisionFullName } from '../../regions';
import { restrictionWords } from '../restriction-words';
import { fundBalances } from './fund-balances';
import { matchNeeds } from './match-needs';
import { findNeeds } from './needs';

/** Wishes of givers that no family waits for, and needs that the money does not cover. */
export async function needsPage(ctx: Context, t: Translate) {
  const [funds, needs] = await Promise.all([fundBalances(ctx), findNeeds(ctx)]);
  const money = funds.flatMap(({ purposes }) => purposes.flatMap(({ restrictions }) => restrictions));
  const { needsWithoutGift, wishesWithoutNeed } = matchNeeds(money, needs);
  return {
    waiting: needs.length,
    needs: needsWithoutGift.map(({ need, shortFen }) => ({
      number: need.number,
      href: need.href,
      village: divisionFullName(need.village, ctx.locale),
      cause: t(`transparency:cause.${need.cause}`),
      amountFen: need.amountFen,
      shortFen,
    })),
    shortFen: needsWithoutGift.reduce((sum, { shortFen }) => sum + shortFen, 0),
    wishes: wishesWithoutNeed.map(({ pool, restriction, freeFen }) => ({
      name: restrictionWords(ctx, t, restriction),
      lastDay: restriction.lastDay,
      freeFen,
      href: `/ledger/pools/${encodeURIComponent(pool)}`,
    })),
    idleFen: wishesWithoutNeed.reduce((sum, { freeFen }) => sum + freeFen, 0),
  };
}
