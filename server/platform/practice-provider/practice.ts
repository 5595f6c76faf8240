import type { Clock } from '../../kernel/clock';
import { type Random, randomId } from '../../kernel/random';
import type { PracticeState } from './practice-state';
import type { StateFile } from './state-file';
import { practisedApiVersion, type WireEvent } from './wire-objects';

/** What each act of the practice provider works on. */
export interface Practice {
  clock: MovableClock;
  random: Random;
  state: PracticeState;
  file: StateFile;
  /** The address under which payers reach the pay page, without a slash at the end. */
  origin(): string;
  /** Called after a change that may have made something due. */
  wake(): void;
}

const mostDaysAhead = 400; // each month until then is lived through
const dayMs = 86_400_000;

/** The provider's clock, which a sample county can set back to live through days that are past. */
export class MovableClock implements Clock {
  readonly #real: Clock;
  #shiftMs = 0;

  constructor(real: Clock) {
    this.#real = real;
  }

  now(): Date {
    return new Date(this.#real.now().getTime() + this.#shiftMs);
  }

  /**
   * From now on it is this moment, and time goes on from there; without one, it is what it is again. @throws RangeError for no moment, and
   * for one too far ahead
   */
  set(moment?: Date): void {
    const shiftMs = moment ? moment.getTime() - this.#real.now().getTime() : 0;
    if (Number.isNaN(shiftMs)) throw refused('this is no moment');
    if (shiftMs > mostDaysAhead * dayMs) throw refused(`the time can be set at most ${mostDaysAhead} days ahead`);
    this.#shiftMs = shiftMs;
  }
}

function refused(why: string): RangeError {
  return Object.assign(new RangeError(why), { status: 400 });
}

/** The time as the API writes it: whole seconds. */
export function nowSeconds(practice: Pick<Practice, 'clock'>): number {
  return Math.floor(practice.clock.now().getTime() / 1000);
}

/** Records that something has happened to an object, and puts it on its way to each endpoint that asked for it. */
export function emit(practice: Practice, type: string, object: { id: string; object: string }): WireEvent {
  const { state } = practice;
  const endpoints = [...state.endpoints.values()].filter(({ endpoint }) => wants(endpoint.enabled_events, type));
  const event: WireEvent = {
    id: randomId(practice.random, 'evt'),
    object: 'event',
    api_version: practisedApiVersion,
    created: nowSeconds(practice),
    data: { object: structuredClone(object) },
    livemode: false,
    pending_webhooks: endpoints.length,
    request: null,
    type,
  };
  state.events.set(event.id, event);
  for (const { endpoint } of endpoints) {
    state.deliveries.push({
      order: ++state.lastOrder,
      eventId: event.id,
      eventType: type,
      endpointId: endpoint.id,
      body: JSON.stringify({ ...event, api_version: endpoint.api_version }),
      dueAtMs: practice.clock.now().getTime(),
      attempts: 0,
      isDouble: false,
    });
  }
  practice.wake();
  return event;
}

function wants(enabled: readonly string[], type: string): boolean {
  return enabled.includes('*') || enabled.includes(type);
}
