import { findHouseholdOrThrow } from '../households';
import { scopesOf } from '../identity';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { addDays, type LocalDate, shanghaiDay, yearOf } from '../kernel/local-date';
import type { Translate } from '../platform/i18n/translator';
import { formatDay } from '../platform/views/format';
import { deedChip, findDeedsOf, findMonthRoom, findPointsOf } from '../points';
import { findOffer } from './find-shelf';
import { shopsOf } from './find-shops';

const soonDays = 45;
const deedsShown = 6;
const goodsShown = 6;

/** A family's own points: what it can spend, what ends when, where it came from, and what the shop near it has. */
export async function ownPointsPage(ctx: Context, t: Translate) {
  const [own = fail('not-found')] = scopesOf(ctx.actor, 'household');
  const household = await findHouseholdOrThrow(ctx, own);
  const today = shanghaiDay(ctx.clock.now());
  const [held, deeds, room, shops] = await Promise.all([
    findPointsOf(ctx, household),
    findDeedsOf(ctx, household._id, deedsShown),
    findMonthRoom(ctx, household),
    shopsOf(ctx, household.village),
  ]);
  const most = Math.max(...held.months.map(({ points }) => points), 1);
  const isSoon = (lastDay?: LocalDate) => lastDay !== undefined && lastDay <= addDays(today, soonDays);
  const [first] = held.months;
  return {
    balance: held.balance,
    soon: first?.lastDay && isSoon(first.lastDay) && { points: first.points, until: dayOf(ctx, t, first.lastDay, today) },
    months: held.months.map(({ month, lastDay, points }) => ({
      month,
      points,
      most,
      isSoon: isSoon(lastDay),
      until: lastDay ? t('supermarket:own.until', { day: dayOf(ctx, t, lastDay, today) }) : t('supermarket:own.noEnd'),
    })),
    room,
    deeds: deeds.map(({ item, day, score, state, award }) => ({
      item,
      day,
      points: award?.points ?? score,
      arrived: state.name === 'awarded',
      chip: deedChip(t, state.name),
    })),
    shops: await Promise.all(
      shops.map(async (shop) => ({
        name: shop.name,
        phone: shop.phone,
        goods: (await findOffer(ctx, shop))
          .filter(({ free }) => free > 0)
          .slice(0, goodsShown)
          .map(({ product: { good, name, points } }) => ({ picture: good, name, points })),
      })),
    ),
  };
}

/** 12月31日, 明年3月31日, or the whole day where it is further away. */
function dayOf({ locale }: Context, t: Translate, day: LocalDate, today: LocalDate): string {
  const years = yearOf(day) - yearOf(today);
  return years === 1 ? t('supermarket:own.nextYear', { day: formatDay(day, locale, day) }) : formatDay(day, locale, today);
}
