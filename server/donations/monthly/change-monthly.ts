import type { Context } from '../../kernel/context';
import { AppError, fail } from '../../kernel/errors';
import type { Fen } from '../../kernel/money';
import type { SubscriptionChange } from '../../platform/stripe/subscriptions';
import type { Giving } from '../giving';
import { changeAtProvider } from './change-at-provider';
import { findOwnMonthlyGiftOrThrow } from './find-monthly-gifts';
import type { MonthlyGift } from './monthly-gift.model';
import { liveStates, type MonthlyState } from './monthly-gift.states';
import { noteMonthly } from './note-monthly';
import { settleSubscription } from './settle-subscription';

/** `later`: the provider did not answer. What it does is seen by the webhook or the sweep; saying it again is harmless. */
export interface MonthlyChanged {
  monthly: MonthlyGift;
  step: 'done' | 'later';
}

interface Asked {
  code: string;
  requestKey: string;
}

/** Another sum from the next month on. It is kept as agreed to before the provider is asked, so that its first invoice fits. */
export async function changeMonthlySum(
  ctx: Context,
  giving: Giving | undefined,
  { amount, ...asked }: Asked & { amount: Fen },
): Promise<MonthlyChanged> {
  const { _id } = await findOwnMonthlyGiftOrThrow(ctx, asked.code);
  await noteMonthly(ctx, _id, ({ agreed }) => (agreed.includes(amount) ? undefined : { changes: { agreed: [...agreed, amount] } }));
  return changed(ctx, giving, asked, { to: 'sum', amountFen: amount }, liveStates, ({ amountFen }) => amountFen === amount);
}

/**
 * Nothing is collected until the giver takes it up again: the months between are left out, never caught up on. Not while a refused month
 * is tried again, since a pause would not stop that.
 */
export function pauseMonthly(ctx: Context, giving: Giving | undefined, asked: Asked): Promise<MonthlyChanged> {
  return changed(ctx, giving, asked, { to: 'pause' }, ['active'], ({ state }) => state.name === 'paused');
}

export function resumeMonthly(ctx: Context, giving: Giving | undefined, asked: Asked): Promise<MonthlyChanged> {
  return changed(ctx, giving, asked, { to: 'resume' }, ['paused'], ({ state }) => state.name === 'active' || state.name === 'failing');
}

/** Ends it for good, at once: nothing more is collected. What was given stays given. */
export function endMonthly(ctx: Context, giving: Giving | undefined, asked: Asked): Promise<MonthlyChanged> {
  return changed(ctx, giving, asked, { to: 'end' }, liveStates, ({ state }) => state.name === 'ended');
}

/** Asks the provider and follows what it says; a second click finds it done. Nothing is changed here before the provider has done it. */
async function changed(
  ctx: Context,
  giving: Giving | undefined,
  { code, requestKey }: Asked,
  change: SubscriptionChange,
  from: readonly MonthlyState[],
  isDone: (monthly: MonthlyGift) => boolean,
): Promise<MonthlyChanged> {
  const monthly = await findOwnMonthlyGiftOrThrow(ctx, code);
  if (isDone(monthly)) return { monthly, step: 'done' };
  const { subscriptionId, state } = monthly;
  if (!subscriptionId || !from.includes(state.name)) fail('state.not-allowed', { from: state.name });
  if (!giving) return { monthly, step: 'later' };
  const { provider } = giving;
  try {
    const now = await provider.readSubscription(subscriptionId);
    const read = await changeAtProvider(provider, now, change, `monthly:${monthly._id}:${wordOf(change)}:${monthly.version}:${requestKey}`);
    return { monthly: await settleSubscription(ctx, giving, monthly._id, read), step: 'done' };
  } catch (error) {
    if (error instanceof AppError && error.code === 'service.unavailable') return { monthly, step: 'later' };
    throw error;
  }
}

/** With the version, a page that was kept open asks for its change again once another has undone it; the provider would repeat an old answer. */
const wordOf = (change: SubscriptionChange) => (change.to === 'sum' ? `sum:${change.amountFen}` : change.to);
