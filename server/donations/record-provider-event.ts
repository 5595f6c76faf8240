import type { Context } from '../kernel/context';
import { histogram } from '../platform/metrics/metrics';
import { insertion } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import type { FraudWarning } from '../platform/stripe/disputes';
import type { ProviderEvent } from '../platform/stripe/webhook-events';
import { asSystem } from './as-system';
import { settleDispute } from './disputes/settle-dispute';
import { Gift } from './gift.model';
import type { Giving } from './giving';
import { type EventOutcome, ProviderMessage } from './inbox.model';
import { findMoneyOfPayment, found } from './money-of-payment';
import { bookTransaction } from './provider-money/book-transaction';
import { openMatter } from './provider-money/matters';
import { settlePayout } from './provider-money/settle-payout';
import { settleRefund } from './refunds/settle-refund';
import { settleSession } from './settle-session';

const webhookLag = histogram({
  name: 'webhook_lag_seconds',
  help: 'How long after it happened an event of the payment provider reached us',
  buckets: [1, 3, 10, 30, 100, 300, 1_000, 3_600, 86_400],
});

/**
 * Deals with one webhook. The event only says where to look: the object is read anew from the provider, and settled by the same act
 * as the return page and the sweep. An event that was dealt with is not looked at again; one whose note was lost in a crash is, and
 * changes nothing, since each effect has its own key. @throws `service.unavailable` when the provider does not answer: it sends again.
 */
export async function recordProviderEvent(ctx: Context, giving: Giving, event: ProviderEvent): Promise<EventOutcome> {
  const seen = await ProviderMessage.findOne({ _id: event.id, ledger: ctx.ledger }).lean();
  if (seen) return seen.outcome;

  webhookLag.observe(Math.max(0, ctx.clock.now().getTime() - event.createdAt.getTime()) / 1_000);
  const { outcome, gift } = await outcomeOf(ctx, giving, event);
  const message = insertion(ctx, ProviderMessage, {
    _id: event.id,
    type: event.type,
    objectId: event.objectId,
    createdAt: event.createdAt,
    receivedAt: ctx.clock.now(),
    outcome,
    ...(gift && { gift }),
  });
  await transact(ctx, { key: `event:${event.id}`, writes: [message] });
  return outcome;
}

interface Outcome {
  outcome: EventOutcome;
  gift?: string;
}

async function outcomeOf(ctx: Context, giving: Giving, event: ProviderEvent): Promise<Outcome> {
  const acting = asSystem(ctx, 'provider');
  const { provider } = giving;
  const id = event.objectId;
  switch (event.objectType) {
    case 'checkout.session':
      return ofSession(ctx, giving, id);
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
  const gift = session?.giftId && (await Gift.exists({ _id: session.giftId, ledger: ctx.ledger }));
  if (!session || !gift) return { outcome: 'notOurs' }; // one account of the provider may serve others
  const verdict = await settleSession(ctx, giving, String(gift._id), session);
  const outcome = { paid: 'settled', expired: 'settled', mismatch: 'parked', open: 'nothing', processing: 'nothing' } as const;
  return { outcome: outcome[verdict], gift: String(gift._id) };
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
