import { openGift, payOnline, reconcileProvider } from '../../server/donations';
import { giveInput } from '../../server/donations/give.inputs';
import type { Practice } from './practice';
import type { Stage } from './stage';

const yuan = ['600.00', '200.00', '1000.00'];
const disputed = -2; // of these the second

/** The last days at the provider: gifts by card, one of which its payer disputes, fees, and what is paid out to the bank account. */
export async function daysAtProvider(stage: Stage, practice: Practice): Promise<void> {
  stage.moveTo(stage.daysAgo(2));
  await practice.setTime(stage.clock.now());
  for (const amount of yuan) await giveByCard(stage, practice, amount);
  await practice.happen('settle-charges'); // else two minutes later
  await reconcileProvider(stage.system, practice.giving);
  const rows = await practice.giving.provider.listTransactions({ since: new Date(0) });
  const charge = rows.filter(({ type }) => type === 'charge').at(disputed);
  if (!charge?.sourceId) throw new Error('there is no charge to dispute');
  await practice.happen('open-dispute', charge.sourceId);
  stage.moveTo(stage.daysAgo(1));
  await practice.setTime(stage.clock.now());
  await practice.happen('run-payout');
  await reconcileProvider(stage.system, practice.giving);
}

async function giveByCard(stage: Stage, { giving, pay }: Practice, amount: string): Promise<void> {
  const donor = stage.as('donor');
  const asked = { requestKey: stage.key('card'), rhythm: 'once', amount, purpose: 'general', giver: 'member', method: 'card' };
  const { _id } = await openGift(donor, giveInput.parse({ ...asked, showName: 'on' }));
  const step = await payOnline(donor, giving, _id);
  if (step.to !== 'provider') throw new Error('the practice provider does not open its pay page');
  await pay(step.url);
}
