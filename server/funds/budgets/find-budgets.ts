import { may } from '../../identity';
import type { Context } from '../../kernel/context';
import { AppError, fail } from '../../kernel/errors';
import { localDate, shanghaiDay } from '../../kernel/local-date';
import { sumPoolsBy } from '../../ledger';
import { operator } from '../../platform/mongo/operators';
import { countyCode } from '../../regions';
import { settingsInForce } from '../../settings';
import { proposedPapers } from '../papers/find-papers';
import type { Purpose } from '../purposes';
import { restrictionOf } from '../restrictions';
import { columnOf } from '../statement/columns';
import { restrictedLots } from '../statement/find-statement';
import { Budget, FundAlarm } from './budget.model';
import { budgetWarnShare } from './budgets.settings';

export async function findBudgetOrThrow(ctx: Pick<Context, 'ledger'>, id: string): Promise<Budget> {
  return (await Budget.findOne({ _id: id, ledger: ctx.ledger }).lean<Budget>()) ?? fail('not-found');
}

/** The budgets of a year that hold, by purpose. */
export async function budgetsOf(ctx: Pick<Context, 'ledger'>, year: number): Promise<Map<Purpose, Budget>> {
  const found = await Budget.find({ ledger: ctx.ledger, year, 'state.name': 'confirmed' }).lean<Budget[]>();
  return new Map(found.map((budget) => [budget.purpose, budget]));
}

/** What waits for a second person. */
export async function proposedBudgets(ctx: Pick<Context, 'ledger'>): Promise<Budget[]> {
  return Budget.find({ ledger: ctx.ledger, 'state.name': 'proposed' }).sort({ proposedAt: 1 }).limit(50).lean<Budget[]>();
}

/** What was used of each purpose in a year, from the ledger: paid, and reserved for families; a cancelled case gives back. */
export async function usedInYear(ctx: Context, year: number): Promise<Map<Purpose, number>> {
  const sums = await sumPoolsBy(ctx, restrictedLots, { from: localDate(`${year}-01-01`), to: localDate(`${year}-12-31`) });
  const used = new Map<Purpose, number>();
  for (const row of sums.filter(({ kind }) => columnOf(kind) === 'used')) {
    const { purpose } = restrictionOf(row.pool);
    used.set(purpose, (used.get(purpose) ?? 0) + row.out - row.in);
  }
  return used;
}

/** The share of a budget from which it is warned of; the whole while none is set. */
export async function warnShare(ctx: Context): Promise<number> {
  try {
    const { share } = await settingsInForce(ctx, { share: budgetWarnShare }, { day: shanghaiDay(ctx.clock.now()), place: countyCode() });
    return share.value;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.none-in-force') return 10_000;
    throw error;
  }
}

/** The alarms that ring; of a budget that is over only that, though it was nearly used before and the first alarm still stands. */
export async function raisedAlarms(ctx: Pick<Context, 'ledger'>): Promise<FundAlarm[]> {
  const raised = await FundAlarm.find({ ledger: ctx.ledger, 'state.name': 'raised' }).sort({ kind: 1, _id: 1 }).lean<FundAlarm[]>();
  const of = ({ purpose, year }: FundAlarm) => `${purpose} ${year}`;
  const over = new Set(raised.filter(({ kind }) => kind === 'budgetOver').map(of));
  return raised.filter((alarm) => alarm.kind !== 'budgetNear' || !over.has(of(alarm)));
}

/** What waits for this person on the page of funds: alarms for who keeps the money, proposals for who confirms them. */
export async function countFundWork(ctx: Context): Promise<number> {
  const [keeps, confirms] = [may(ctx.actor, 'fund.proposeBudget'), may(ctx.actor, 'fund.confirmBudget')];
  const others = operator({ $ne: ctx.actor.id });
  const [alarms, proposals, papers] = await Promise.all([
    keeps || confirms ? raisedAlarms(ctx) : [],
    confirms ? Budget.countDocuments({ ledger: ctx.ledger, 'state.name': 'proposed', proposedBy: others }) : 0,
    may(ctx.actor, 'fund.recordPapers') ? proposedPapers(ctx) : [],
  ]);
  return alarms.length + proposals + papers.filter(({ proposedBy }) => proposedBy !== ctx.actor.id).length;
}
