import { findConfirmedChangesOf, type Restriction, restrictionWords, tellsCause } from '../funds';
import type { Context } from '../kernel/context';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import type { Translate } from '../platform/i18n/translator';
import { divisionFullName } from '../regions';
import type { Gift } from './gift.model';

/** A part of a gift that goes to another use than it was given for, with the giver's consent (FU3). Never who asked or confirmed. */
export interface ChangeOfGift {
  on: LocalDate;
  consentOn: LocalDate;
  amountFen: number;
  from: string;
  to: string;
}

/** Changes of purpose of a gift for its pages, the first first. Its giver chose the one use and agreed to the other: neither is news. */
export async function changesOfGift(ctx: Context, t: Translate, gift: Pick<Gift, 'number'>, viewer: 'staff' | 'giver' | 'public') {
  const words = (restriction: Restriction, hidden: string) =>
    viewer === 'public' ? besideUses(ctx, t, restriction, hidden) : restrictionWords(ctx, t, restriction);
  return (await findConfirmedChangesOf(ctx, gift.number)).map(
    ({ state, consentOn, amountFen, from, to }): ChangeOfGift => ({
      on: shanghaiDay(state.at),
      consentOn,
      amountFen,
      from: words(from, t('donations:trace.asWished')),
      to: words(to, t('donations:trace.agreedUse')),
    }),
  );
}

/** A use in words, beside lines that name village and sum: what tells why a family got money is said by `hidden` instead (TR4). */
export function besideUses(ctx: Pick<Context, 'locale'>, t: Translate, restriction: Restriction, hidden: string): string {
  if (!tellsCause(restriction.purpose)) return restrictionWords(ctx, t, restriction);
  return restriction.area ? `${hidden} · ${divisionFullName(restriction.area, ctx.locale)}` : hidden;
}
