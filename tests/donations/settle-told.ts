import type { Giving } from '../../server/donations';
import { ProviderMessage } from '../../server/donations/inbox.model';
import { settleEvent } from '../../server/donations/record-provider-event';
import type { Context } from '../../server/kernel/context';

/** Does what the worker's jobs do: deals with the provider's events that wait in the inbox, the first that came first. */
export async function settleTold(ctx: Context, giving: Giving): Promise<void> {
  const waiting = await ProviderMessage.find({ ledger: ctx.ledger, outcome: 'waiting' })
    .sort({ receivedAt: 1, _id: 1 })
    .lean<{ _id: string }[]>();
  for (const { _id: eventId } of waiting) await settleEvent(ctx, giving, { eventId });
}
