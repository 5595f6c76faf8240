import type { Context } from '../../kernel/context';
import { fenToYuanText } from '../../kernel/money-text';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import type { StateChip } from '../../platform/views/mark-helpers';
import { arrivedStates } from '../gift.states';
import { giftChip, restrictionText, staffGiver } from '../gift-words';
import { keptFen } from '../kept-fen';
import { publicName } from '../naming/public-name';
import { belongsTo, findMonths } from './find-monthly-gifts';
import type { MonthlyGift } from './monthly-gift.model';
import { liveStates, type MonthlyState } from './monthly-gift.states';

const families = {
  awaiting: 'waiting',
  lapsed: 'still',
  active: 'running',
  paused: 'still',
  failing: 'check',
  ended: 'still',
} as const satisfies Record<MonthlyState, StateChip['family']>;

function monthlyChip(t: Translate, { state }: Pick<MonthlyGift, 'state'>): StateChip {
  return { family: families[state.name], word: t(`donations:monthly.state.${state.name}`) };
}

/** One monthly gift for its giver: how it stands, what may be changed, each month with what became of it. */
export async function monthlyPage(ctx: Context, t: Translate, monthly: MonthlyGift) {
  const gifts = await findMonths(ctx, monthly);
  const refused = monthly.missed.filter(({ paidAt }) => !paidAt);
  const isLive = liveStates.some((live) => live === monthly.state.name);
  const received = gifts.filter(({ state }) => arrivedStates.some((name) => name === state.name));
  const months = [
    ...gifts.map((gift) => ({
      at: gift.received?.at ?? gift.openedAt,
      number: gift.number,
      href: `/gifts/${gift.code}`,
      amountFen: gift.amountFen,
      chip: giftChip(t, gift),
    })),
    ...refused.map(({ at, amountFen, tries, nextTryAt }) => ({
      at,
      amountFen,
      chip: { family: 'failed' as const, word: t('donations:monthly.refused') },
      tries,
      nextTryAt: isLive ? nextTryAt : undefined,
    })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  const { name } = monthly.state;
  const mayAct = belongsTo(ctx, monthly, 'gift.give');
  return {
    number: monthly.number,
    code: monthly.code,
    amountFen: monthly.amountFen,
    amountText: fenToYuanText(monthly.amountFen),
    restriction: restrictionText(ctx, t, monthly),
    giver: await publicName(ctx, t, monthly),
    chip: monthlyChip(t, monthly),
    meaning: t(name === 'ended' ? `donations:monthly.ended.${monthly.endedBy ?? 'provider'}` : `donations:monthly.meaning.${name}`),
    state: name,
    isLive,
    mayBegin: mayAct && (name === 'awaiting' || name === 'lapsed'),
    mayChange: mayAct && isLive,
    nextOn: name === 'active' ? monthly.nextOn : undefined,
    nextTryAt: name === 'failing' ? refused.at(-1)?.nextTryAt : undefined,
    since: monthly.openedAt,
    sumFen: received.reduce((sum, gift) => sum + keptFen(gift), 0),
    returnedFen: gifts.reduce((sum, { returnedFen = 0 }) => sum + returnedFen, 0),
    count: received.length,
    months,
    requestKey: randomId(ctx.random, 'req'),
  };
}

/** A row of a list of monthly gifts; staff see the giver. */
export function monthlyRow(ctx: Context, t: Translate, monthly: MonthlyGift) {
  return {
    number: monthly.number,
    href: `/monthly/${monthly.code}`,
    giver: staffGiver(t, monthly),
    since: monthly.openedAt,
    restriction: restrictionText(ctx, t, monthly),
    amountFen: monthly.amountFen,
    nextOn: monthly.state.name === 'active' ? monthly.nextOn : undefined,
    missed: monthly.missed.filter(({ paidAt }) => !paidAt).length,
    chip: monthlyChip(t, monthly),
  };
}
