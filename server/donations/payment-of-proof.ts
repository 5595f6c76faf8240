import type { Fen } from '../kernel/money';
import { isInvoiceId } from '../platform/stripe/invoices';
import type { Giving } from './giving';

/** The payment behind a proof: a session, or the invoice of a month. */
interface PaymentOfProof {
  paymentIntentId: string | null;
  /** What was really paid, in yuan, in the world of our key; null when that cannot be said. */
  paidFen: Fen | null;
}

/** Reads at the provider what paid by this proof. @throws `not-found`, `service.unavailable` */
export async function paymentOfProof({ provider, livemode }: Giving, proof: string): Promise<PaymentOfProof> {
  if (isInvoiceId(proof)) {
    const invoice = await provider.readInvoice(proof);
    const isPaid = invoice.status === 'paid' && invoice.livemode === livemode;
    return { paymentIntentId: invoice.paymentIntentId, paidFen: isPaid ? invoice.paidFen : null };
  }
  const session = await provider.readCheckoutSession(proof);
  const isPaid = session.status === 'complete' && session.paymentStatus === 'paid' && session.livemode === livemode;
  return { paymentIntentId: session.paymentIntentId, paidFen: isPaid && session.currency === 'cny' ? session.amountFen : null };
}
