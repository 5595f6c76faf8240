import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { anyOf, operator } from '../../platform/mongo/operators';
import { asSystem } from '../as-system';
import type { Giving } from '../giving';
import { currentAttempt } from '../pay-attempts';
import type { MonthlyGift } from './monthly-gift.model';
import { MonthlyGift as MonthlyGifts } from './monthly-gift.model';
import { sessionOfMonthly, settleMonthlySession } from './pay-monthly';
import { settleInvoice } from './settle-invoice';
import { settleSubscription } from './settle-subscription';

const minuteMs = 60_000;
/** One this young is left to the webhook and the return page. */
const settlesItselfMs = 10 * minuteMs;

/**
 * Monthly gifts to ask the provider about, whether or not its events tell of them: those not yet agreed to, those whose day has come, and
 * those that were refused. A month whose webhook and event are both lost is found so.
 */
export function monthlyGiftsToLookAt(ctx: Context): Promise<MonthlyGift[]> {
  const before = new Date(ctx.clock.now().getTime() - settlesItselfMs);
  return MonthlyGifts.find({
    ledger: ctx.ledger,
    $or: [
      { 'state.name': 'awaiting', openedAt: operator({ $lt: before }) },
      { 'state.name': 'failing' },
      { 'state.name': anyOf(['active', 'paused']), nextOn: operator({ $lte: shanghaiDay(ctx.clock.now()) }) },
    ],
  })
    .lean<MonthlyGift[]>()
    .exec();
}

/** Asks the provider how a monthly gift stands, and books each month that it has collected. Idempotent. */
export async function lookAtMonthlyGift(ctx: Context, giving: Giving, monthly: MonthlyGift): Promise<void> {
  const acting = asSystem(ctx, 'sweep');
  const attempt = currentAttempt(monthly);
  if (!monthly.subscriptionId && attempt) {
    await settleMonthlySession(acting, giving, monthly._id, await sessionOfMonthly(acting, giving, monthly, attempt));
    return;
  }
  if (!monthly.subscriptionId) return;
  const { provider } = giving;
  for (const invoice of (await provider.listInvoices(monthly.subscriptionId)).reverse()) {
    await settleInvoice(acting, giving, monthly._id, invoice);
  }
  await settleSubscription(acting, giving, monthly._id, await provider.readSubscription(monthly.subscriptionId));
}
