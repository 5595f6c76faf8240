import type { ProviderInvoice } from '../../platform/stripe/invoices';
import type { GiftProblem } from '../gift.model';
import type { MonthlyGift } from './monthly-gift.model';

/** What the invoice of a month means for its monthly gift. */
type InvoiceVerdict =
  | { is: 'paid' }
  | { is: 'mismatch'; problem: GiftProblem } // money came that does not fit: put aside
  | { is: 'refused' } // tried in vain
  | { is: 'nothing' };

/**
 * Reads an invoice against the monthly gift it names. It is booked only when reference, currency, world and one of the sums that the giver
 * has agreed to fit (DO4, STRIPE 2.4).
 */
export function verdictOfInvoice(
  monthly: Pick<MonthlyGift, 'number' | 'agreed' | 'subscriptionId'>,
  invoice: ProviderInvoice,
  livemode: boolean,
): InvoiceVerdict {
  if (invoice.status === 'open' && invoice.tries > 0) return { is: 'refused' };
  if (invoice.status !== 'paid') return { is: 'nothing' };
  const { subscriptionId = invoice.subscriptionId } = monthly; // the first month may be told before its session
  if (invoice.livemode !== livemode) return { is: 'mismatch', problem: 'livemode' };
  if (invoice.subscriptionId !== subscriptionId || invoice.monthlyNumber !== monthly.number)
    return { is: 'mismatch', problem: 'reference' };
  if (invoice.paidFen === null) return { is: 'mismatch', problem: 'currency' };
  return monthly.agreed.includes(invoice.paidFen) ? { is: 'paid' } : { is: 'mismatch', problem: 'amount' };
}
