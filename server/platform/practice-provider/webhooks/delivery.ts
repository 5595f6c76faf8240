import { catchUp } from '../catch-up';
import type { Practice } from '../practice';
import type { Delivery, EndpointRecord } from '../practice-state';
import { nextSettlementMs } from '../settlement';
import { type DeliveryFault, FaultPlan } from './faults';
import type { Deliver } from './post-webhook';
import { signatureHeader } from './signature';

const secondMs = 1000;
const hourSeconds = 3600;

/** Waits after the first, second … failed attempt; after the last the provider gives up, about three days on. */
const backOffMs = [
  5,
  30,
  120,
  600,
  hourSeconds,
  3 * hourSeconds,
  6 * hourSeconds,
  12 * hourSeconds,
  24 * hourSeconds,
  24 * hourSeconds,
].map((seconds) => seconds * secondMs);

/** One try to deliver, for tests to look at. `status` is null when no answer came or the fault lost it. */
export interface Attempt {
  eventId: string;
  type: string;
  status: number | null;
  fault: DeliveryFault | null;
}

/** Calls back later; gives the way to call it off. Injected, so that tests need not wait. */
export interface Timer {
  after(milliseconds: number, callback: () => void): () => void;
}

export const realTimer: Timer = {
  after(milliseconds, callback) {
    const waiting = setTimeout(callback, milliseconds);
    waiting.unref();
    return () => clearTimeout(waiting);
  },
};

/** A timer that never rings: tests say themselves when to deliver. */
export const silentTimer: Timer = { after: () => () => undefined };

/** Brings events to the endpoints: one after the other, signed anew for each attempt, again with growing waits until 2xx. */
export class DeliveryEngine {
  readonly faults = new FaultPlan();
  readonly attempts: Attempt[] = [];
  #practice: Practice;
  #deliver: Deliver;
  #timer: Timer;
  #callOff: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(practice: Practice, deliver: Deliver, timer: Timer) {
    this.#practice = practice;
    this.#deliver = deliver;
    this.#timer = timer;
  }

  /** Sets the alarm for what is due next: a delivery, the end of a session, the fee of a payment. */
  wake(): void {
    this.#callOff();
    if (this.#stopped) return;
    const { deliveries, sessions } = this.#practice.state;
    const open = [...sessions.values()].filter(({ session }) => session.status === 'open');
    const dueAt = Math.min(
      ...deliveries.map(({ dueAtMs }) => dueAtMs),
      ...open.map(({ session }) => session.expires_at * secondMs),
      ...nextSettlementMs(this.#practice),
      this.#nowMs() + hourSeconds * secondMs, // a look each hour keeps the wait within what a timer can count
    );
    this.#callOff = this.#timer.after(Math.max(0, dueAt - this.#nowMs()), () => void this.deliverDue());
  }

  /** Ends the sessions whose time has come and sends all that is due by the clock, then keeps the state. Runs take turns. */
  deliverDue(): Promise<void> {
    const run = this.#running.then(() => this.#run());
    this.#running = run.catch(() => undefined); // who asked for the run is told; the next one must not fail with it
    return run;
  }

  /** No attempt begins after this; waits for the one that runs. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#callOff();
    await this.#running;
  }

  async #run(): Promise<void> {
    catchUp(this.#practice);
    for (let next = this.#nextDue(); next && !this.#stopped; next = this.#nextDue()) await this.#attempt(next);
    await this.#practice.file.save(this.#practice.state);
    this.wake();
  }

  #nextDue(): Delivery | undefined {
    const now = this.#nowMs();
    const due = this.#practice.state.deliveries.filter(({ dueAtMs }) => dueAtMs <= now);
    return due.sort((a, b) => a.dueAtMs - b.dueAtMs || a.order - b.order)[0];
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { state } = this.#practice;
    const target = state.endpoints.get(delivery.endpointId);
    const isFirst = delivery.attempts === 0 && !delivery.isDouble;
    const fault = isFirst ? this.faults.take(delivery.eventType) : null;
    if (!target || fault === 'drop') return this.#remove(delivery);
    if (fault === 'delay') return void Object.assign(delivery, { dueAtMs: this.#nowMs() + 60 * secondMs });
    if (fault === 'reorder') return void Object.assign(delivery, { dueAtMs: this.#nowMs(), order: ++state.lastOrder });
    if (fault === 'duplicate') state.deliveries.push({ ...delivery, order: ++state.lastOrder, isDouble: true });

    const answered = await this.#send(target, delivery, fault);
    const status = fault === 'cut' ? null : answered;
    this.attempts.push({ eventId: delivery.eventId, type: delivery.eventType, status, fault });
    if (status !== null && status >= 200 && status < 300) this.#succeed(delivery);
    else this.#postpone(delivery);
  }

  #send(target: EndpointRecord, delivery: Delivery, fault: DeliveryFault | null): Promise<number | null> {
    const now = Math.floor(this.#nowMs() / secondMs);
    const signedAt = fault === 'stale-timestamp' ? now - hourSeconds : fault === 'future-timestamp' ? now + hourSeconds : now;
    const secret = fault === 'wrong-secret' ? `${target.secret}-of-another` : target.secret;
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'practice-provider',
      'stripe-signature': signatureHeader(secret, delivery.body, signedAt),
    };
    return this.#deliver(target.endpoint.url, headers, delivery.body);
  }

  #succeed(delivery: Delivery): void {
    this.#remove(delivery);
    const event = this.#practice.state.events.get(delivery.eventId);
    if (event && !delivery.isDouble) event.pending_webhooks -= 1;
  }

  #postpone(delivery: Delivery): void {
    const wait = backOffMs[delivery.attempts];
    delivery.attempts += 1;
    if (wait === undefined || delivery.isDouble) this.#remove(delivery);
    else delivery.dueAtMs = this.#nowMs() + wait;
  }

  #remove(delivery: Delivery): void {
    const { state } = this.#practice;
    state.deliveries = state.deliveries.filter((other) => other !== delivery);
  }

  #nowMs(): number {
    return this.#practice.clock.now().getTime();
  }
}
