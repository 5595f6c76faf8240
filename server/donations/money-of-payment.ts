import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { Gift } from './gift.model';
import type { Giving } from './giving';
import { ParkedPayment } from './parked-payment.model';

/** What a payment at the provider is here: the gift that it paid, or money that was put aside and is in no book. */
export interface MoneyOfPayment {
  /** Its session, or the invoice of a month. */
  proof: string;
  gift?: Gift;
  parked?: ParkedPayment;
}

/** Finds it by the session of the payment, or the invoice of a month; undefined for a payment that is not ours, since one account may serve others. */
export async function findMoneyOfPayment(ctx: Context, { provider }: Giving, paymentIntentId: string): Promise<MoneyOfPayment | undefined> {
  const session = await found(() => provider.findSessionOfPayment(paymentIntentId));
  const proof = session?.id ?? (await found(() => provider.findInvoiceOfPayment(paymentIntentId)));
  if (proof === undefined) return undefined;
  const gift = await Gift.findOne({ ledger: ctx.ledger, 'received.proof': proof }).lean<Gift>();
  if (gift) return { proof, gift };
  const parked = await ParkedPayment.findOne({ ledger: ctx.ledger, sessionId: proof }).lean<ParkedPayment>();
  return parked ? { proof, parked } : undefined;
}

/** What the provider does not know (any more) is nothing; that it does not answer is another matter. */
export async function found<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return undefined;
    throw error;
  }
}
