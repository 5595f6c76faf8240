import { fen, pct } from '../../kernel/money';

export type BudgetStatus = 'quiet' | 'near' | 'over';

/** The use at which a budget is warned of: a share of it, in basis points. */
export function warnedFrom(amountFen: number, warnBp: number): number {
  return pct(fen(amountFen), warnBp);
}

/** How a budget stands: warned of from the share on (included), over only above the budget itself. */
export function budgetStatus(usedFen: number, amountFen: number, warnBp: number): BudgetStatus {
  if (usedFen > amountFen) return 'over';
  return usedFen >= warnedFrom(amountFen, warnBp) ? 'near' : 'quiet';
}

/** What an alarm does when its cause is looked at again: it rings when it comes, once, and is quiet again when it has gone. */
export function alarmStep(isRaised: boolean, isCause: boolean): 'raise' | 'settle' | 'stay' {
  if (isCause === isRaised) return 'stay';
  return isCause ? 'raise' : 'settle';
}
