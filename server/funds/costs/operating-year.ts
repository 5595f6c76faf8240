import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { localDate, shanghaiDay } from '../../kernel/local-date';
import { fen } from '../../kernel/money';
import { sumAccountBy } from '../../ledger';
import { absent, change, type DocumentGuard, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { countyCode } from '../../regions';
import { settingsInForce } from '../../settings';
import { mainBank } from '../funds.accounts';
import { costBody, costFreeBelow, costNetAssets, costRows } from '../funds.settings';
import type { PurposeChange } from '../purpose-changes/purpose-change.model';
import { columnOf } from '../statement/columns';
import { findStatement } from '../statement/find-statement';
import { type CostLimits, costLimits, isWithinCap } from './cost-limits';
import { OperatingYear } from './operating-year.model';

interface Along {
  guards: DocumentGuard[];
  writes: DocumentWrite[];
}

/**
 * What a commit adds that moves money of another purpose to `operating`, or books money straight to it (without `from`), and nothing for
 * anything else.
 * @throws `fund.cost-cap` when the year's management would pass the cap of FU4, `rule.none-in-force`.
 */
export async function mayFillOperating(
  ctx: Context,
  { from, to, amountFen }: Partial<Pick<PurposeChange, 'from'>> & Pick<PurposeChange, 'to' | 'amountFen'>,
): Promise<Along> {
  if (to.purpose !== 'operating' || from?.purpose === 'operating') return { guards: [], writes: [] };
  const { year, costs, filled } = await costsOfYear(ctx);
  const next = fen(costs.filledFen + amountFen);
  if (costs.limits && !isWithinCap(next, costs.limits, costs.freeBelowFen)) {
    fail('fund.cost-cap', { capFen: Math.max(costs.limits.mostManagementFen, costs.freeBelowFen), filledFen: costs.filledFen });
  }
  if (filled) return { guards: [unchanged(OperatingYear, filled)], writes: [change(OperatingYear, filled, { filledFen: next })] };
  return { guards: [absent(OperatingYear, year)], writes: [insertion(ctx, OperatingYear, { _id: year, filledFen: next })] };
}

/** The year's spending, its floor and the cap of management, with what went to running costs so far. */
export interface CostsOfYear {
  spendingFen: number;
  lastIncomeFen: number;
  filledFen: number;
  freeBelowFen: number;
  limits?: CostLimits;
}

/** @throws `rule.none-in-force` */
export async function costsOfYear(ctx: Context): Promise<{ year: string; costs: CostsOfYear; filled?: OperatingYear }> {
  const today = shanghaiDay(ctx.clock.now());
  const thisYear = today.slice(0, 4);
  const lastYear = String(Number(thisYear) - 1);
  const year = `${ctx.ledger}/${thisYear}`;
  const [numbers, paid, before, filled] = await Promise.all([
    settingsInForce(
      ctx,
      { body: costBody, assets: costNetAssets, free: costFreeBelow, rows: costRows },
      { day: today, place: countyCode() },
    ),
    sumAccountBy(ctx, mainBank, { from: localDate(`${thisYear}-01-01`), to: today }),
    findStatement(ctx, { from: localDate(`${lastYear}-01-01`), to: localDate(`${lastYear}-12-31`) }),
    OperatingYear.findOne({ _id: year, ledger: ctx.ledger }).lean<OperatingYear>(),
  ]);
  // What the bank paid out for a use, less what came back of it; not what is only set aside, and no refund to a giver.
  const uses = paid.filter(({ kind }) => columnOf(kind) === 'used');
  const spendingFen = fen(uses.reduce((sum, { in: back, out }) => sum + out - back, 0));
  const lastIncomeFen = fen(before.total.in);
  const figures = { body: numbers.body.value, netAssetsFen: numbers.assets.value, lastIncomeFen, spendingFen };
  const limits = costLimits(numbers.rows.value, figures);
  const costs = {
    spendingFen,
    lastIncomeFen,
    filledFen: filled?.filledFen ?? 0,
    freeBelowFen: numbers.free.value,
    ...(limits && { limits }),
  };
  return { year, costs, ...(filled && { filled }) };
}
