import { findMonthlyGift, lookAtMonthlyGift, openMonthlyGift, payMonthly } from '../../server/donations';
import { giveInput } from '../../server/donations/give.inputs';
import { addMonths, type LocalDate } from '../../server/kernel/local-date';
import type { Practice } from './practice';
import type { Stage } from './stage';

/** So many months ago it begins; on the same day of each month something is collected, the last time yesterday. */
const begins = 6;
const refused = 3;
const hourMs = 3_600_000;

/** The company gives each month; in one month its card is refused, and the next goes well again. Gives all that falls due by a day. */
export function monthlyGiver(stage: Stage, practice: Practice): (until: LocalDate) => Promise<void> {
  let left = begins;
  let begun: string | undefined;
  const collect = async (ago: number) => {
    const isFirst = begun === undefined;
    if (isFirst) await practice.setTime(stage.clock.now());
    begun ??= await begin(stage, practice);
    const monthly = await findMonthlyGift(stage.system, begun);
    const id = monthly.subscriptionId;
    if (id && ago === refused) await practice.happen('fail-card', id);
    if (!isFirst) await practice.setTime(new Date(stage.clock.now().getTime() + hourMs)); // the month has begun, by the provider's minute
    if (id && ago === refused - 1) {
      await practice.happen('mend-card', id);
      await practice.happen('retry-invoice', id);
    }
    await practice.happen('settle-charges');
    await lookAtMonthlyGift(stage.system, practice.giving, monthly);
  };
  return async (until) => {
    for (; left >= 0; left -= 1) {
      const day = addMonths(stage.daysAgo(1), -left);
      if (day > until) return;
      stage.moveTo(day);
      await collect(left);
    }
  };
}

async function begin(stage: Stage, { giving, pay }: Practice): Promise<string> {
  const donor = stage.as('donor');
  const asked = {
    requestKey: stage.key('monthly'),
    rhythm: 'monthly',
    amount: '500.00',
    purpose: 'schooling',
    giver: 'member',
    method: 'card',
  };
  const { _id } = await openMonthlyGift(donor, giveInput.parse({ ...asked, showName: 'on' }));
  const step = await payMonthly(donor, giving, _id);
  if (step.to !== 'provider') throw new Error('the practice provider does not open the page of a monthly gift');
  await pay(step.url);
  return _id;
}
