import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { change, insertion, unchanged } from '../platform/mongo/document-writes';
import { anyOf } from '../platform/mongo/operators';
import { transact } from '../platform/mongo/transact';
import { isProviderRefusal } from '../platform/stripe/provider-errors';
import type { ProviderEvent } from '../platform/stripe/webhook-events';
import { asSystem } from './as-system';
import { GiftDispute } from './disputes/dispute.model';
import { settleDispute } from './disputes/settle-dispute';
import type { Giving } from './giving';
import { lookAtMonthlyGift, monthlyGiftsToLookAt } from './monthly/reconcile-monthly';
import { bearOwnLosses, giftsWithLoss } from './own-loss';
import { ParkedPayment } from './parked-payment.model';
import { bookTransaction } from './provider-money/book-transaction';
import { coverByOperating } from './provider-money/cover-by-operating';
import { ProviderCursor } from './provider-money/provider-cursor.model';
import { settlePayout } from './provider-money/settle-payout';
import { recordProviderEvent } from './record-provider-event';
import { findRefundsUnderWay } from './refunds/find-refunds';
import { sendParkedRefund } from './refunds/pay-back-parked';
import { sendRefund } from './refunds/send-refund';
import { settleRefund } from './refunds/settle-refund';
import { findBookedToSettle, settleToldOf } from './settle-told-of-parked';

const hourMs = 3_600_000;
/** A look begins so far before the last one: what the provider's lists showed late is not missed. */
const overlapMs = 48 * hourMs;
/** The provider keeps events for thirty days; a county that looks for the first time begins there. */
const firstLookMs = 30 * 24 * hourMs;

/** What the sweep looked at. */
export type ProviderLook = Record<'events' | 'monthlyGifts' | 'refunds' | 'transactions' | 'payouts' | 'disputes', number>;

/**
 * Asks the provider for all that no webhook has told (STRIPE 2.7): events, monthly gifts, refunds under way and refunds made in its dashboard, fees,
 * payouts, disputes; then lets `operating` pay what it owes. Hourly; everything has its own key, so that looking twice changes nothing.
 * @throws what the first of them met that could not be settled, when all the others have been looked at.
 */
export async function reconcileProvider(ctx: Context, giving: Giving | undefined): Promise<ProviderLook> {
  const look: ProviderLook = { events: 0, monthlyGifts: 0, refunds: 0, transactions: 0, payouts: 0, disputes: 0 };
  if (!giving) return look;
  const acting = asSystem(ctx, 'sweep');
  const { provider } = giving;
  const cursor = await cursorOf(acting);
  const begun = acting.clock.now();
  const since = new Date((cursor?.lookedAt.getTime() ?? begun.getTime() - firstLookMs) - (cursor ? overlapMs : 0));
  const failures: unknown[] = [];
  const each = async <T>(name: keyof ProviderLook, all: () => Promise<readonly T[]>, act: (one: T) => Promise<unknown>) => {
    const attempt = (work: () => Promise<unknown>) =>
      work().catch((error: unknown) => (isUnknownThere(error) ? undefined : failures.push(error)));
    await attempt(async () => {
      for (const one of await all()) {
        look[name] += 1;
        await attempt(() => act(one));
      }
    });
  };

  const events: ProviderEvent[] = [];
  await each(
    'events',
    async () => eventsAfter(giving, cursor, since),
    async (event) => {
      await recordProviderEvent(acting, giving, event);
      events.push(event);
    },
  );
  await each(
    'monthlyGifts',
    () => monthlyGiftsToLookAt(acting),
    (monthly) => lookAtMonthlyGift(acting, giving, monthly),
  );
  await each(
    'refunds',
    () => findRefundsUnderWay(acting),
    ({ _id }) => sendRefund(acting, giving, _id),
  );
  await each(
    'refunds',
    () => parkedUnderWay(acting),
    ({ _id }) => sendParkedRefund(acting, giving, _id),
  );
  await each(
    'refunds',
    () => findBookedToSettle(acting),
    (parked) => settleToldOf(acting, giving, parked),
  );
  await each(
    'refunds',
    () => provider.listRefunds({ since }),
    (refund) => settleRefund(acting, giving, refund),
  );
  await each(
    'transactions',
    () => provider.listTransactions({ since }),
    (row) => bookTransaction(acting, giving, row),
  );
  await each(
    'payouts',
    () => provider.listPayouts(since),
    (payout) => settlePayout(acting, giving, payout),
  );
  await each(
    'disputes',
    () => openDisputes(acting),
    async ({ disputeId }) => settleDispute(acting, giving, await provider.readDispute(disputeId)),
  );
  await each(
    'disputes',
    () => giftsWithLoss(acting),
    (gift) => bearOwnLosses(acting, gift),
  );
  await coverByOperating(acting);
  if (failures.length > 0) throw failures[0]; // the next look begins where this one did
  await moveOn(acting, cursor, { lookedAt: begun, ...(events.at(-1) && { lastEvent: events.at(-1)?.id ?? '' }) });
  return look;
}

/** The account at the provider was changed: what it does not know keeps nothing else from being looked at. */
function isUnknownThere(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not-found';
}

async function eventsAfter({ provider }: Giving, cursor: ProviderCursor | undefined, since: Date): Promise<readonly ProviderEvent[]> {
  if (!cursor?.lastEvent) return provider.listEvents({ since });
  try {
    return await provider.listEvents({ after: cursor.lastEvent });
  } catch (error) {
    if (!isProviderRefusal(error)) throw error;
    return provider.listEvents({ since }); // the provider has forgotten it
  }
}

async function cursorOf(ctx: Context): Promise<ProviderCursor | undefined> {
  return (await ProviderCursor.findOne({ _id: `${ctx.ledger}/stripe`, ledger: ctx.ledger }).lean<ProviderCursor>()) ?? undefined;
}

async function moveOn(ctx: Context, cursor: ProviderCursor | undefined, to: Pick<ProviderCursor, 'lookedAt' | 'lastEvent'>): Promise<void> {
  await transact(ctx, {
    key: `provider-cursor:${cursor?.version ?? 0}`,
    guards: cursor ? [unchanged(ProviderCursor, cursor)] : [],
    writes: [cursor ? change(ProviderCursor, cursor, to) : insertion(ctx, ProviderCursor, { _id: `${ctx.ledger}/stripe`, ...to })],
  });
}

function parkedUnderWay(ctx: Context): Promise<ParkedPayment[]> {
  return ParkedPayment.find({ ledger: ctx.ledger, 'state.name': 'refundDue' }).lean<ParkedPayment[]>().exec();
}

function openDisputes(ctx: Context): Promise<GiftDispute[]> {
  return GiftDispute.find({ ledger: ctx.ledger, 'state.name': anyOf(['open', 'withdrawn', 'returned']) })
    .lean<GiftDispute[]>()
    .exec();
}
