import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { change, insertion, unchanged } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import type { FraudWarning } from '../platform/stripe/disputes';
import type { ProviderEvent } from '../platform/stripe/webhook-events';
import { asSystem } from './as-system';
import { settleDispute } from './disputes/settle-dispute';
import { Gift } from './gift.model';
import type { Giving } from './giving';
import { type EventOutcome, ProviderMessage } from './inbox.model';
import { findMoneyOfPayment, found } from './money-of-payment';
import { MonthlyGift } from './monthly/monthly-gift.model';
import { settleMonthlySession } from './monthly/pay-monthly';
import { settleInvoice } from './monthly/settle-invoice';
import { settleSubscription } from './monthly/settle-subscription';
import { bookTransaction } from './provider-money/book-transaction';
import { openMatter } from './provider-money/matters';
import { settlePayout } from './provider-money/settle-payout';
import { settleRefund } from './refunds/settle-refund';
import { settleSession } from './settle-session';

/**
 * Deals with one event. It only says where to look: the object is read anew from the provider, and settled by the same act as the return
 * page and the sweep. An event that was dealt with is not looked at again; one whose note was lost in a crash is, and changes nothing, since
 * each effect has its own key. @throws `service.unavailable` when the provider does not answer: then it is tried again.
 */
export async function recordProviderEvent(ctx: Context, giving: Giving, event: ToldEvent): Promise<EventOutcome> {
  const seen = await findMessage(ctx, event.id);
  if (seen && seen.outcome !== 'waiting') return seen.outcome;
  const { outcome, gift } = await outcomeOf(ctx, giving, event);
  await noteOutcome(ctx, event, seen, { outcome, ...(gift && { gift }) });
  return outcome;
}

/** Deals with an event that waits in the inbox. */
export async function settleEvent(ctx: Context, giving: Giving | undefined, { eventId }: { eventId: string }): Promise<void> {
  const told = await findMessage(ctx, eventId);
  if (!giving || told?.outcome !== 'waiting') return;
  await recordProviderEvent(ctx, giving, { ...told, id: told._id, objectType: told.objectType ?? '' });
}

/** What of an event is needed to deal with it. */
type ToldEvent = Pick<ProviderEvent, 'id' | 'type' | 'objectType' | 'objectId' | 'createdAt'>;

async function findMessage(ctx: Context, id: string): Promise<ProviderMessage | undefined> {
  return (await ProviderMessage.findOne({ _id: id, ledger: ctx.ledger }).lean<ProviderMessage>()) ?? undefined;
}

async function noteOutcome(ctx: Context, event: ToldEvent, seen: ProviderMessage | undefined, outcome: Outcome): Promise<void> {
  const { id, type, objectType, objectId, createdAt } = event;
  const receivedAt = ctx.clock.now();
  const write = seen
    ? change(ProviderMessage, seen, outcome)
    : insertion(ctx, ProviderMessage, { _id: id, type, objectType, objectId, createdAt, receivedAt, ...outcome });
  try {
    await transact(ctx, { key: `event:${id}`, guards: seen ? [unchanged(ProviderMessage, seen)] : [], writes: [write] });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'state.stale') throw error; // somebody else has dealt with it meanwhile
  }
}

interface Outcome {
  outcome: EventOutcome;
  gift?: string;
}

async function outcomeOf(ctx: Context, giving: Giving, event: ToldEvent): Promise<Outcome> {
  const acting = asSystem(ctx, 'provider');
  const { provider } = giving;
  const id = event.objectId;
  switch (event.objectType) {
    case 'checkout.session':
      return ofSession(ctx, giving, id);
    case 'invoice':
      return ofInvoice(acting, giving, id);
    case 'subscription':
      return ofSubscription(acting, giving, id);
    case 'refund':
      return settled(await found(() => provider.readRefund(id)), (refund) => settleRefund(acting, giving, refund));
    case 'dispute':
      return settled(await found(() => provider.readDispute(id)), (dispute) => settleDispute(acting, giving, dispute));
    case 'payout':
      return settled(await found(() => provider.readPayout(id)), (payout) => settlePayout(acting, giving, payout));
    case 'charge':
      if (event.type !== 'charge.updated') return { outcome: 'notHandled' };
      return settled(await found(() => provider.readTransactionOfCharge(id)), (row) => bookTransaction(acting, giving, row));
    case 'radar.early_fraud_warning':
      return settled(await found(() => provider.readFraudWarning(id)), (warning) => listWarning(acting, giving, warning));
    default:
      return { outcome: 'notHandled' };
  }
}

async function settled<T>(read: T | null | undefined, act: (read: T) => Promise<'settled' | 'nothing' | 'notOurs'>): Promise<Outcome> {
  if (read === undefined) return { outcome: 'notOurs' };
  return { outcome: read === null ? 'nothing' : await act(read) };
}

async function ofSession(ctx: Context, giving: Giving, id: string): Promise<Outcome> {
  const session = await found(() => giving.provider.readCheckoutSession(id));
  if (session?.monthlyId) {
    const monthly = await findMonthlyOf(ctx, session.monthlyId);
    return { outcome: monthly ? await settleMonthlySession(asSystem(ctx, 'provider'), giving, monthly, session) : 'notOurs' };
  }
  const gift = session?.giftId && (await Gift.exists({ _id: session.giftId, ledger: ctx.ledger }));
  if (!session || !gift) return { outcome: 'notOurs' }; // one account of the provider may serve others
  const verdict = await settleSession(ctx, giving, String(gift._id), session);
  const outcome = { paid: 'settled', expired: 'settled', mismatch: 'parked', open: 'nothing', processing: 'nothing' } as const;
  return { outcome: outcome[verdict], gift: String(gift._id) };
}

/** The invoice of a month, and then how its subscription stands now. */
async function ofInvoice(ctx: Context, giving: Giving, id: string): Promise<Outcome> {
  const invoice = await found(() => giving.provider.readInvoice(id));
  const monthly = invoice && (await findMonthlyOf(ctx, invoice.monthlyId));
  if (!invoice || !monthly) return { outcome: 'notOurs' };
  const outcome = await settleInvoice(ctx, giving, monthly, invoice);
  if (invoice.subscriptionId && outcome !== 'parked') await ofSubscription(ctx, giving, invoice.subscriptionId);
  return { outcome };
}

async function ofSubscription(ctx: Context, giving: Giving, id: string): Promise<Outcome> {
  const subscription = await found(() => giving.provider.readSubscription(id));
  const monthly = subscription && (await findMonthlyOf(ctx, subscription.monthlyId));
  if (!subscription || !monthly) return { outcome: 'notOurs' };
  await settleSubscription(ctx, giving, monthly, subscription);
  return { outcome: 'settled' };
}

async function findMonthlyOf(ctx: Context, id: string | null): Promise<string | undefined> {
  const monthly = id === null ? undefined : await MonthlyGift.exists({ _id: id, ledger: ctx.ledger });
  return monthly ? String(monthly._id) : undefined;
}

/** A network's warning is listed for finance: whether to give the money back is a person's decision. */
async function listWarning(ctx: Context, giving: Giving, { id, paymentIntentId }: FraudWarning): Promise<'settled' | 'notOurs'> {
  const money = paymentIntentId ? await findMoneyOfPayment(ctx, giving, paymentIntentId) : undefined;
  const gift = money?.gift ?? money?.parked;
  if (!money || !gift) return 'notOurs';
  const amountFen = gift.amountFen;
  const about = money.gift?._id ?? money.parked?.gift ?? '';
  await openMatter(ctx, { kind: 'fraudWarning', about: id, gift: about, ...(amountFen !== undefined && { amountFen }) });
  return 'settled';
}
