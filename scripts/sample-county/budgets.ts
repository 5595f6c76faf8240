import { confirmBudget, type Purpose, proposeBudget, watchFunds } from '../../server/funds';
import { shanghaiDay, yearOf } from '../../server/kernel/local-date';
import { fen } from '../../server/kernel/money';
import type { Stage } from './stage';

const confirmed: readonly [Purpose, number][] = [
  ['illness', 60_000],
  ['schooling', 3_200],
  ['disaster', 2_000],
];

/** Budgets of the year, one more that waits for a manager, and what the watch finds. */
export async function setBudgets(stage: Stage): Promise<void> {
  const year = yearOf(shanghaiDay(stage.clock.now()));
  for (const [purpose, yuan] of confirmed) {
    const { _id: id } = await proposed(stage, year, purpose, yuan);
    await confirmBudget(stage.as('manager-2'), { id, code: await stage.signingCode('manager-2') });
  }
  await proposed(stage, year, 'elders', 30_000);
  await watchFunds(stage.system);
}

function proposed(stage: Stage, year: number, purpose: Purpose, yuan: number) {
  const document = `基金管委会会议纪要（演示）${year} 年第 4 号`;
  return proposeBudget(stage.as('finance-1'), { requestKey: stage.key('budget'), year, purpose, amount: fen(yuan * 100), document });
}
