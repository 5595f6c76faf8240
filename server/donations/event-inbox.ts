import type { Context } from '../kernel/context';
import { AppError } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { histogram } from '../platform/metrics/metrics';
import { insertion } from '../platform/mongo/document-writes';
import { anyOf } from '../platform/mongo/operators';
import { transact } from '../platform/mongo/transact';
import { outboxed } from '../platform/outbox/outboxed';
import type { ProviderEvent } from '../platform/stripe/webhook-events';
import { asSystem } from './as-system';
import { providerTold } from './donations.topics';
import { ProviderMessage } from './inbox.model';

const webhookLag = histogram({
  name: 'webhook_lag_seconds',
  help: 'How long after it happened an event of the payment provider reached us',
  buckets: [1, 3, 10, 30, 100, 300, 1_000, 3_600, 86_400],
});

const mostAtOnce = 500;
const tries = 3;

interface Waiting {
  ctx: Context;
  event: ProviderEvent;
  done(): void;
  failed(error: unknown): void;
}

/**
 * Takes the provider's events in: kept for good, with the message for who settles them, before the provider is told that they have come.
 * What comes while a commit is under way goes into the next one together, so that a day with many gifts costs few commits.
 */
export class EventInbox {
  #waiting: Waiting[] = [];
  #isWriting = false;

  /** Done when the event is kept; one that was kept before is kept. */
  take(ctx: Context, event: ProviderEvent): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ ctx, event, done, failed });
      if (!this.#isWriting) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, mostAtOnce);
      if (!(await endsTogether(batch))) for (const one of batch) await endsTogether([one]);
    }
    this.#isWriting = false;
  }
}

/** Whether it is over with all of them, one way or the other: nobody waits for a database that is away once for each. */
async function endsTogether(batch: readonly Waiting[]): Promise<boolean> {
  try {
    await keep(batch);
    for (const { done } of batch) done();
    return true;
  } catch (error) {
    if (batch.length > 1 && error instanceof AppError) return false; // the id of one is taken, which the others need not pay for
    for (const { failed } of batch) failed(error); // the provider sends them again
    return true;
  }
}

async function keep(batch: readonly Waiting[]): Promise<void> {
  const [first] = batch;
  if (!first) return;
  const ctx = asSystem(first.ctx, 'provider');
  const events = new Map(batch.map(({ event }) => [event.id, event]));
  for (let left = tries; ; left -= 1) {
    const kept = await ProviderMessage.find({ ledger: ctx.ledger, _id: anyOf([...events.keys()]) }, { _id: 1 }).lean<{ _id: string }[]>();
    for (const { _id } of kept) events.delete(_id);
    if (events.size === 0) return;
    const writes = [...events.values()].flatMap((event) => [messageOf(ctx, event), outboxed(ctx, providerTold, { eventId: event.id })]);
    try {
      await transact(ctx, { key: `events:${randomId(ctx.random, 'evt')}`, writes });
      for (const { createdAt } of events.values()) {
        webhookLag.observe(Math.max(0, ctx.clock.now().getTime() - createdAt.getTime()) / 1_000);
      }
      return;
    } catch (error) {
      const cameFirst = error instanceof AppError && error.code === 'state.stale'; // another process has taken one of them meanwhile
      if (left <= 1 || !cameFirst) throw error;
    }
  }
}

/** For how long the oldest event that is kept has waited to be dealt with; zero when none waits. It grows while the worker is away. */
export async function oldestEventWaitsSeconds({ ledger, clock }: Pick<Context, 'ledger' | 'clock'>): Promise<number> {
  const [oldest] = await ProviderMessage.find({ ledger, outcome: 'waiting' }, { receivedAt: 1 })
    .sort({ receivedAt: 1 })
    .limit(1)
    .lean<Pick<ProviderMessage, 'receivedAt'>[]>();
  return oldest ? Math.max(0, clock.now().getTime() - oldest.receivedAt.getTime()) / 1_000 : 0;
}

function messageOf(ctx: Context, { id, type, objectType, objectId, createdAt }: ProviderEvent) {
  const message = { _id: id, type, objectType, objectId, createdAt, receivedAt: ctx.clock.now(), outcome: 'waiting' as const };
  return insertion(ctx, ProviderMessage, message);
}
