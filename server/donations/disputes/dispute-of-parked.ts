import type { Context } from '../../kernel/context';
import type { ProviderDispute } from '../../platform/stripe/disputes';
import type { ParkedPayment } from '../parked-payment.model';
import { openMatter } from '../provider-money/matters';
import { notePaidBack, noteStillToPayBack } from '../refunds/pay-back-parked';

/**
 * The payer's bank took money that was put aside and is in no book: nothing is left to be booked as a gift or given back, until the money
 * comes back. Of a part finance is only told, since the rest still waits for a decision.
 */
export async function settleDisputeOfParked(ctx: Context, parked: ParkedPayment, theirs: ProviderDispute): Promise<void> {
  if (!theirs.withdrawn) return;
  await openMatter(ctx, { kind: 'unknownMovement', about: theirs.id, gift: parked.gift });
  const isWhole = theirs.amountFen === null || parked.amountFen === undefined || theirs.amountFen >= parked.amountFen;
  if (!isWhole) return;
  const wasTaken = parked.state.name === 'paidBack' && parked.paidBackAs === theirs.id;
  if (!theirs.reinstated) await notePaidBack(ctx, parked, theirs.id);
  else if (wasTaken) await noteStillToPayBack(ctx, parked, theirs.id);
}
