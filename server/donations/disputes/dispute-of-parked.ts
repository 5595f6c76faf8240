import type { Context } from '../../kernel/context';
import type { ProviderDispute } from '../../platform/stripe/disputes';
import type { ParkedPayment } from '../parked-payment.model';
import { openMatter } from '../provider-money/matters';
import { noteCameBack, noteTold, noteWentBack } from '../refunds/parked-returns';

/**
 * A dispute about money that was put aside and is in no book. Finance is told at once, since it has to be answered in time; what the
 * payer's bank takes is no longer there to be booked or given back, until it comes back.
 */
export async function settleDisputeOfParked(ctx: Context, parked: ParkedPayment, theirs: ProviderDispute): Promise<void> {
  const { id: about, amountFen } = theirs;
  await openMatter(ctx, { kind: 'parkedReturn', about, gift: parked.gift, ...(amountFen !== null && { amountFen }) });
  if (!theirs.withdrawn) await noteTold(ctx, parked, about);
  else if (theirs.reinstated) await noteCameBack(ctx, parked, about);
  else await noteWentBack(ctx, parked, { proof: about, amountFen });
}
