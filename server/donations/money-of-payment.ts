import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import type { CheckoutSession } from '../platform/stripe/checkout-sessions';
import { Gift } from './gift.model';
import type { Giving } from './giving';
import { MonthlyGift } from './monthly/monthly-gift.model';
import { settleInvoice } from './monthly/settle-invoice';
import { ParkedPayment } from './parked-payment.model';
import { settleSession } from './settle-session';

/** What a payment at the provider is here: the gift that it paid, or money that was put aside and is in no book. */
export interface MoneyOfPayment {
  /** Its session, or the invoice of a month. */
  proof: string;
  gift?: Gift;
  parked?: ParkedPayment;
}

/**
 * Finds it by the session of the payment, or the invoice of a month. A payment of ours of which we have not yet heard is settled first:
 * what happened to it may be told before it. Undefined for a payment that is not ours, since one account may serve others.
 */
export async function findMoneyOfPayment(ctx: Context, giving: Giving, paymentIntentId: string): Promise<MoneyOfPayment | undefined> {
  const { provider } = giving;
  const session = await found(() => provider.findSessionOfPayment(paymentIntentId));
  const invoiceId = session ? undefined : await found(() => provider.findInvoiceOfPayment(paymentIntentId));
  const proof = session?.id ?? invoiceId;
  if (proof === undefined) return undefined;
  const money = await moneyOf(ctx, proof);
  if (money) return money;
  const isSettled = session ? await settleOurSession(ctx, giving, session) : await settleOurInvoice(ctx, giving, proof);
  return isSettled ? moneyOf(ctx, proof) : undefined;
}

async function moneyOf(ctx: Context, proof: string): Promise<MoneyOfPayment | undefined> {
  const gift = await Gift.findOne({ ledger: ctx.ledger, 'received.proof': proof }).lean<Gift>();
  if (gift) return { proof, gift };
  const parked = await ParkedPayment.findOne({ ledger: ctx.ledger, sessionId: proof }).lean<ParkedPayment>();
  return parked ? { proof, parked } : undefined;
}

async function settleOurSession(ctx: Context, giving: Giving, session: CheckoutSession): Promise<boolean> {
  const gift = session.giftId && (await Gift.exists({ _id: session.giftId, ledger: ctx.ledger }));
  if (gift) await settleSession(ctx, giving, String(gift._id), session);
  return Boolean(gift);
}

async function settleOurInvoice(ctx: Context, giving: Giving, invoiceId: string): Promise<boolean> {
  const invoice = await found(() => giving.provider.readInvoice(invoiceId));
  const monthly = invoice?.monthlyId && (await MonthlyGift.exists({ _id: invoice.monthlyId, ledger: ctx.ledger }));
  if (invoice && monthly) await settleInvoice(ctx, giving, String(monthly._id), invoice);
  return Boolean(monthly);
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
