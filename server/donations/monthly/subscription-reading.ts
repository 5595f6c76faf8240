import type { ProviderSubscription } from '../../platform/stripe/subscriptions';
import type { Ending } from './monthly-gift.model';
import type { MonthlyState } from './monthly-gift.states';

/** What a subscription at the provider means here; no state for one that says nothing yet. */
export function readingOf(subscription: Pick<ProviderSubscription, 'status' | 'isPaused' | 'endedFor'>): {
  state?: MonthlyState;
  endedBy?: Ending;
} {
  switch (subscription.status) {
    case 'canceled':
    case 'incomplete_expired':
      return { state: 'ended', endedBy: endingOf(subscription.endedFor) };
    case 'active':
    case 'trialing':
      return { state: subscription.isPaused ? 'paused' : 'active' };
    case 'paused':
      return { state: 'paused' };
    case 'past_due':
    case 'unpaid':
      return { state: 'failing' };
    default:
      return {}; // not begun, or a word of a later version
  }
}

function endingOf(reason: string | null): Ending {
  if (reason === 'payment_failed') return 'unpaid';
  return reason === 'cancellation_requested' ? 'giver' : 'provider';
}
