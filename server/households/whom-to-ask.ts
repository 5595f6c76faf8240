import { may, whoElseMay } from '../identity';
import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import type { Household } from './household.model';
import type { IncomeStatement } from './income-statement.model';

const steps = { confirm: 'household.confirm', check: 'bankAccount.check', verify: 'income.verify' } as const;

/** Whether the reader may take the second step after somebody's first one. */
export function maySecond(ctx: Pick<Context, 'actor'>, step: keyof typeof steps, firstBy: string | undefined): boolean {
  return may(ctx.actor, steps[step]) && firstBy !== ctx.actor.id;
}

/** For each step of a household that waits for somebody else than the reader: who that can be. Empty when nothing does. */
export async function whomToAsk(ctx: Context, t: Translate, household: Household, statements: readonly IncomeStatement[]) {
  const { state, bankAccount } = household;
  const stated = statements.find((one) => one.state.name === 'submitted');
  const waits = [
    state.name === 'draft' && ({ step: 'confirm', firstBy: state.by } as const),
    bankAccount?.state.name === 'entered' && ({ step: 'check', firstBy: bankAccount.enteredBy } as const),
    stated && ({ step: 'verify', firstBy: stated.submittedBy } as const),
  ];
  const asked: Partial<Record<keyof typeof steps, string>> = {};
  for (const wait of waits) {
    if (!wait || maySecond(ctx, wait.step, wait.firstBy)) continue;
    const { step, firstBy } = wait;
    asked[step] = await whoElseMay(ctx, t, { permission: steps[step], place: household.village, hands: firstBy ? [firstBy] : [] });
  }
  return asked;
}
