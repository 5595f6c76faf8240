import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { shanghaiDay, yearOf } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import { type Purpose, purposes } from '../purposes';
import type { Budget } from './budget.model';
import { budgetStatus } from './budget-rules';
import { budgetsOf, proposedBudgets, raisedAlarms, usedInYear, warnShare } from './find-budgets';
import { alarmText } from './tell-alarm';

const families = { quiet: 'done', near: 'waiting', over: 'failed' } as const;

/** The budgets of a year with what was used of each, from the ledger at this moment, and what is proposed. */
export async function budgetsPage(ctx: Context, t: Translate, asked: number | undefined) {
  const thisYear = yearOf(shanghaiDay(ctx.clock.now()));
  const year = asked ?? thisYear;
  const [rows, proposals] = await Promise.all([budgetRows(ctx, t, year), proposedBudgets(ctx)]);
  const people = await maskedNames(
    ctx,
    proposals.map(({ proposedBy }) => proposedBy),
  );
  const confirms = may(ctx.actor, 'fund.confirmBudget');
  return {
    year,
    years: [thisYear + 1, thisYear, thisYear - 1].map((value) => ({ value: String(value), label: String(value) })),
    rows,
    mayPropose: may(ctx.actor, 'fund.proposeBudget'),
    requestKey: randomId(ctx.random, 'req'),
    purposes: purposes.map((value) => ({ value, label: t(`donations:purpose.${value}`) })),
    proposals: proposals.map((budget) => ({
      id: budget._id,
      ...nameOf(t, budget),
      amountFen: budget.amountFen,
      document: budget.document,
      by: people.get(budget.proposedBy) ?? '',
      at: budget.proposedAt,
      mayConfirm: confirms && budget.proposedBy !== ctx.actor.id,
      mayDecline: confirms || budget.proposedBy === ctx.actor.id,
    })),
  };
}

function nameOf(t: Translate, { year, purpose }: Pick<Budget, 'year' | 'purpose'>) {
  return { year, purpose: t(`donations:purpose.${purpose}`) };
}

/** What was used of each budget of a year. */
export async function budgetRows(ctx: Context, t: Translate, year: number) {
  const [budgets, used, share] = await Promise.all([budgetsOf(ctx, year), usedInYear(ctx, year), warnShare(ctx)]);
  return purposes.flatMap((purpose: Purpose) => {
    const budget = budgets.get(purpose);
    if (!budget) return [];
    const usedFen = used.get(purpose) ?? 0;
    const status = budgetStatus(usedFen, budget.amountFen, share);
    return [
      {
        purpose: t(`donations:purpose.${purpose}`),
        amountFen: budget.amountFen,
        usedFen,
        leftFen: budget.amountFen - usedFen,
        document: budget.document,
        chip: { family: families[status], word: t(`funds:budget.status.${status}`) },
        href: `/funds/statement/entries?from=${year}-01-01&to=${year}-12-31&column=used&purpose=${purpose}`,
      },
    ];
  });
}

/** The alarms that ring, as sentences. */
export async function alarmsShown(ctx: Context, t: Translate): Promise<string[]> {
  return (await raisedAlarms(ctx)).map((alarm) => alarmText(t, ctx.locale, alarm));
}
