import type { ProviderDispute } from '../../platform/stripe/disputes';
import type { GiftDispute } from './dispute.model';

/** What is to be done so that our side says what the provider says. */
export type DisputeStep = 'hold' | 'withdraw' | 'reinstate' | 'release' | 'lose' | 'note';

/** Ends in which the payer's bank takes nothing, or gives back what it took. */
const endsWell: readonly ProviderDispute['status'][] = ['won', 'warning_closed', 'prevented'];

/**
 * The next step, by what the provider says now and not by which event told of it: events may come doubled, late, in any order. Money
 * moves only when the provider says that it has (DO9). Undefined when there is nothing left to do.
 */
export function nextStep(
  ours: Pick<GiftDispute, 'state' | 'status'> | undefined,
  theirs: Pick<ProviderDispute, 'status' | 'withdrawn' | 'reinstated'>,
): DisputeStep | undefined {
  if (!ours) return 'hold';
  const { name } = ours.state;
  if (name === 'open' && theirs.withdrawn) return 'withdraw';
  if (name === 'open' && endsWell.includes(theirs.status)) return 'release';
  if ((name === 'withdrawn' || name === 'lost') && theirs.reinstated) return 'reinstate';
  if (name === 'returned') return 'release';
  if (name === 'withdrawn' && theirs.status === 'lost') return 'lose';
  return ours.status === theirs.status ? undefined : 'note';
}
