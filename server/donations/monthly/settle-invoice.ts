import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { outboxed } from '../../platform/outbox/outboxed';
import type { ProviderInvoice } from '../../platform/stripe/invoices';
import { asSystem } from '../as-system';
import { findGiftById } from '../find-gifts';
import { Gift } from '../gift.model';
import type { Giving } from '../giving';
import { onFreshGift } from '../on-fresh-gift';
import { openGiftLike } from '../open-second-gift';
import { parkPayment } from '../park-payment';
import { bookGift } from '../receive-gift';
import { findMonthlyGift } from './find-monthly-gifts';
import { verdictOfInvoice } from './invoice-verdict';
import { monthlyMoved } from './monthly.topics';
import type { MissedMonth, MonthlyGift } from './monthly-gift.model';
import { type MonthlyNote, noteMonthly } from './note-monthly';

export type InvoiceOutcome = 'settled' | 'parked' | 'nothing';

/**
 * Does what the invoice of a month, as just read from the provider, means: books it as a gift of its own, puts aside what does not fit, or
 * notes that the card was refused and tells the giver. Webhook, return page and sweep all come here; the id of the invoice is the key,
 * so that it is done once in whatever order they come.
 */
export async function settleInvoice(ctx: Context, giving: Giving, monthlyId: string, invoice: ProviderInvoice): Promise<InvoiceOutcome> {
  const acting = asSystem(ctx, 'provider');
  const monthly = await findMonthlyGift(acting, monthlyId);
  const verdict = verdictOfInvoice(monthly, invoice, giving.livemode);
  if (verdict.is === 'nothing') return 'nothing';
  if (verdict.is === 'refused') {
    await noteMonthly(acting, monthlyId, (now) => refusedNote(acting, now, invoice));
    return 'settled';
  }
  const gift = await giftOfMonth(acting, monthly, invoice.id, verdict.is === 'paid' ? invoice.paidFen : null);
  if (verdict.is === 'mismatch') {
    const put = { id: invoice.id, amountFen: invoice.paidFen };
    await onFreshGift(acting, gift._id, async (now) => (now.received ? undefined : parkPayment(acting, now, verdict.problem, put)));
    return 'parked';
  }
  const arrival = { on: shanghaiDay(acting.clock.now()), into: 'online', proof: invoice.id } as const;
  await onFreshGift(acting, gift._id, (now) => bookGift(acting, now, arrival));
  await noteMonthly(acting, monthlyId, (now) => collectedNote(acting, now, invoice.id));
  return 'settled';
}

/** The gift of a month, opened before it is booked, because its lot bears its number; asked again for the same invoice it is found. */
async function giftOfMonth(ctx: Context, monthly: MonthlyGift, invoiceId: string, paidFen: Fen | null): Promise<Gift> {
  const id = idOfFact(ctx, 'gft', `invoice/${invoiceId}`);
  if (await Gift.exists({ _id: id, ledger: ctx.ledger })) return findGiftById(ctx, id);
  const along = { guards: [], writes: [] };
  const amountFen = paidFen ?? monthly.amountFen; // what does not fit says beside it what was agreed to
  return openGiftLike(ctx, monthly, { id, along, amountFen, channel: 'online', monthly: monthly._id, openedBy: monthly.openedBy });
}

/** The card was refused once more: kept with the month, and told to the giver once for each try. */
function refusedNote(ctx: Context, monthly: MonthlyGift, invoice: ProviderInvoice): MonthlyNote | undefined {
  const known = monthly.missed.find((month) => month.invoice === invoice.id);
  const isNewTry = !known || known.tries < invoice.tries;
  if (!isNewTry && known.nextTryAt?.getTime() === invoice.nextTryAt?.getTime()) return undefined;
  const month: MissedMonth = {
    invoice: invoice.id,
    amountFen: invoice.dueFen ?? monthly.amountFen,
    at: isNewTry ? ctx.clock.now() : known.at,
    tries: invoice.tries,
    ...(invoice.nextTryAt && { nextTryAt: invoice.nextTryAt }),
  };
  const told = { monthlyId: monthly._id, news: 'failed', about: `${invoice.id}-${invoice.tries}` } as const;
  return {
    changes: { missed: [...monthly.missed.filter((one) => one !== known), month] },
    ...(isNewTry && { what: 'monthlyGift.refused', facts: { amountFen: month.amountFen } }),
    writes: isNewTry && invoice.nextTryAt ? [outboxed(ctx, monthlyMoved, told)] : [], // after the last try its end is told
  };
}

function collectedNote(ctx: Context, monthly: MonthlyGift, invoiceId: string): MonthlyNote | undefined {
  const known = monthly.missed.find((month) => month.invoice === invoiceId && !month.paidAt);
  if (!known) return undefined;
  const { nextTryAt: _, ...month } = known;
  return { changes: { missed: monthly.missed.map((one) => (one === known ? { ...month, paidAt: ctx.clock.now() } : one)) } };
}
