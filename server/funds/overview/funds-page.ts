import { may } from '../../identity';
import type { Context } from '../../kernel/context';
import { AppError } from '../../kernel/errors';
import { shanghaiDay, yearOf } from '../../kernel/local-date';
import type { Translate } from '../../platform/i18n/translator';
import { countyCode } from '../../regions';
import { settingsInForce } from '../../settings';
import { alarmsShown, budgetRows } from '../budgets/budget-pages';
import { refill, warnDays } from '../funds.settings';
import { restrictionWords } from '../restriction-words';
import { type FundBalance, fundBalances, summed } from './fund-balances';
import { lastDayAlert, needsRefill } from './warnings';

/** The list of funds and purposes: what is free and reserved, which last days come near, whether the fund is to be filled. */
export async function fundsPage(ctx: Context, t: Translate) {
  const today = shanghaiDay(ctx.clock.now());
  const [funds, numbers, ringing, budgets] = await Promise.all([
    fundBalances(ctx),
    numbersInForce(ctx),
    alarmsShown(ctx, t),
    budgetRows(ctx, t, yearOf(today)),
  ]);
  const mayRead = may(ctx.actor, 'ledger.read');
  const alerts = numbers ? lastDaysOf(ctx, t, funds, numbers.warnDays) : [];
  const welfare = funds.find(({ fund }) => fund === 'publicWelfare');
  return {
    today,
    mayRecord: may(ctx.actor, 'fund.recordIncome'),
    mayRead,
    total: summed(funds),
    ringing,
    budgets,
    alerts,
    refillFen: numbers && welfare && needsRefill(welfare.freeFen, numbers.refillFen) ? numbers.refillFen : undefined,
    welfareFen: welfare?.freeFen,
    noNumbers: numbers === undefined,
    funds: funds.map(({ purposes, ...fund }) => ({
      ...fund,
      name: t(`funds:fund.${fund.fund}`),
      meaning: t(`funds:fundMeaning.${fund.fund}`),
      rows: purposes.flatMap(({ purpose, restrictions, ...sums }) => [
        { isPurpose: true, name: t(`donations:purpose.${purpose}`), ...sums, ...linked(restrictions, mayRead, true) },
        ...restrictions
          .filter(({ restriction: { area, lastDay }, ...row }) => (area || lastDay) && row.freeFen + row.reservedFen + row.pastFen > 0)
          .map(({ pool, restriction, ...sums_ }) => ({
            isPurpose: false,
            name: restrictionWords(ctx, t, restriction),
            ...sums_,
            ...linked([{ pool }], mayRead, false),
          })),
      ]),
    })),
  };
}

/** A figure opens its pool; of a purpose with several pools the rows below it do. */
function linked(restrictions: readonly { pool: string }[], mayRead: boolean, onlyAlone: boolean): { href?: string } {
  const [first] = restrictions;
  if (!first || !mayRead || (onlyAlone && restrictions.length > 1)) return {};
  return { href: `/ledger/pools/${encodeURIComponent(first.pool)}` };
}

function lastDaysOf(ctx: Context, t: Translate, funds: readonly FundBalance[], days: number) {
  const today = shanghaiDay(ctx.clock.now());
  return funds
    .flatMap(({ purposes }) => purposes.flatMap(({ restrictions }) => restrictions))
    .flatMap(({ pool, restriction, freeFen, pastFen }) => {
      const state = lastDayAlert(restriction.lastDay, today, days);
      const leftFen = freeFen + pastFen;
      if (!state || leftFen === 0) return [];
      return [
        { state, lastDay: restriction.lastDay, leftFen, name: restrictionWords(ctx, t, restriction), ...linked([{ pool }], true, false) },
      ];
    })
    .sort((a, b) => String(a.lastDay).localeCompare(String(b.lastDay)));
}

async function numbersInForce(ctx: Context): Promise<{ refillFen: number; warnDays: number } | undefined> {
  try {
    const found = await settingsInForce(ctx, { refill, warnDays }, { day: shanghaiDay(ctx.clock.now()), place: countyCode() });
    return { refillFen: found.refill.value, warnDays: found.warnDays.value };
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return undefined;
    throw error;
  }
}
