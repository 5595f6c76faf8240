import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { outboxed } from '../../platform/outbox/outboxed';
import type { ProviderSubscription } from '../../platform/stripe/subscriptions';
import type { Giving } from '../giving';
import { withAttempt } from '../pay-attempts';
import { changeAtProvider } from './change-at-provider';
import { type MonthlyNews, monthlyMoved } from './monthly.topics';
import type { Ending, MonthlyGift } from './monthly-gift.model';
import { type MonthlyState, monthlyStates } from './monthly-gift.states';
import { type MonthlyNote, noteMonthly } from './note-monthly';
import { readingOf } from './subscription-reading';

/**
 * Brings a monthly gift to what its subscription, as just read from the provider, says: going on, paused, refused, ended; the sum; the
 * next day. The giver is told of it. One that the provider has given up without ending it is ended: nothing is to hang for ever.
 */
export async function settleSubscription(
  ctx: Context,
  giving: Giving,
  monthlyId: string,
  subscription: ProviderSubscription,
): Promise<MonthlyGift> {
  if (subscription.status === 'unpaid') {
    const ended = await changeAtProvider(giving.provider, subscription, { to: 'end' }, `monthly:${monthlyId}:unpaid`);
    return noteMonthly(ctx, monthlyId, (monthly) => noteOf(ctx, monthly, { ...ended, endedFor: 'payment_failed' }));
  }
  return noteMonthly(ctx, monthlyId, (monthly) => noteOf(ctx, monthly, subscription));
}

function noteOf(ctx: Context, monthly: MonthlyGift, subscription: ProviderSubscription): MonthlyNote | undefined {
  if (monthly.subscriptionId !== undefined && monthly.subscriptionId !== subscription.id) return undefined;
  const { state: read, endedBy } = readingOf(subscription);
  if (!read) return undefined;
  const moves = read !== monthly.state.name && monthlyStates.may(monthly.state.name, read);
  const sum = subscription.amountFen !== null && monthly.agreed.includes(subscription.amountFen) ? subscription.amountFen : undefined;
  const newSum = sum !== undefined && sum !== monthly.amountFen;
  const nextOn = shanghaiDay(subscription.nextAt);
  const isFirst = monthly.subscriptionId === undefined;
  if (!moves && !newSum && !isFirst && nextOn === monthly.nextOn) return undefined;
  const changes: Partial<MonthlyGift> = {
    subscriptionId: subscription.id,
    nextOn,
    ...(newSum && { amountFen: sum }),
    ...(isFirst && { attempts: endedAttempts(ctx, monthly) }),
    ...(moves && { state: monthlyStates.enter(monthly.state, read, ctx) }),
    ...(moves && endedBy && { endedBy }),
  };
  const news = newSum ? 'sum' : moves ? newsOf(monthly.state.name, read, endedBy) : undefined;
  const about = `v${monthly.version}`;
  return {
    changes,
    ...(news && { what: `monthlyGift.${moves ? read : 'changed'}`, facts: { amountFen: sum ?? monthly.amountFen } }),
    ...(moves && !news && { what: `monthlyGift.${read}`, facts: {} }),
    writes: news ? [outboxed(ctx, monthlyMoved, { monthlyId: monthly._id, news, about })] : [],
  };
}

/** What the giver is told of a step; of a refusal and of its mending he is told with the month itself. */
function newsOf(from: MonthlyState, to: MonthlyState, endedBy: Ending | undefined): MonthlyNews | undefined {
  if (to === 'ended') return endedBy === 'giver' ? 'ended' : 'unpaid';
  if (to === 'paused') return 'paused';
  if (to !== 'active') return undefined;
  if (from === 'paused') return 'resumed';
  return from === 'failing' ? undefined : 'begun';
}

/** The page on which the giver agreed has done its work: no further one is opened for this monthly gift. */
function endedAttempts(ctx: Context, monthly: MonthlyGift) {
  const last = monthly.attempts.at(-1);
  return last && !last.endedAt ? withAttempt(monthly, last.rank, { endedAt: ctx.clock.now() }) : monthly.attempts;
}
