import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { histogram } from '../platform/metrics/metrics';
import { insertion } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import type { CheckoutSession } from '../platform/stripe/checkout-sessions';
import type { ProviderEvent } from '../platform/stripe/webhook-events';
import { Gift } from './gift.model';
import type { Giving } from './giving';
import { type EventOutcome, ProviderMessage } from './inbox.model';
import { settleSession } from './settle-session';

const webhookLag = histogram({
  name: 'webhook_lag_seconds',
  help: 'How long after it happened an event of the payment provider reached us',
  buckets: [1, 3, 10, 30, 100, 300, 1_000, 3_600, 86_400],
});

/**
 * Deals with one webhook. The event only says where to look: the session is read anew from the provider, and settled by the same act
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

async function outcomeOf(ctx: Context, giving: Giving, event: ProviderEvent): Promise<{ outcome: EventOutcome; gift?: string }> {
  if (event.objectType !== 'checkout.session') return { outcome: 'notHandled' };
  const session = await sessionOf(giving, event.objectId);
  const gift = session?.giftId && (await Gift.exists({ _id: session.giftId, ledger: ctx.ledger }));
  if (!session || !gift) return { outcome: 'notOurs' }; // one account of the provider may serve others
  const verdict = await settleSession(ctx, giving, String(gift._id), session);
  const outcome = { paid: 'settled', expired: 'settled', mismatch: 'parked', open: 'nothing', processing: 'nothing' } as const;
  return { outcome: outcome[verdict], gift: String(gift._id) };
}

async function sessionOf({ provider }: Giving, id: string): Promise<CheckoutSession | undefined> {
  try {
    return await provider.readCheckoutSession(id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return undefined;
    throw error;
  }
}
