import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Clock } from '../../kernel/clock';
import type { Random } from '../../kernel/random';
import { apiRouter } from './api/api-router';
import { type RequestFault, RequestFaults } from './api/request-faults';
import { controlRouter, type Happening, happenings } from './control-router';
import { setEndpoint } from './endpoints';
import { payRouter } from './pay-page/pay-router';
import { emit, MovableClock, type Practice } from './practice';
import { emptyState, type PracticeState, type Settlement } from './practice-state';
import { noStateFile, type StateFile } from './state-file';
import { type Attempt, DeliveryEngine, realTimer, type Timer } from './webhooks/delivery';
import type { PlannedFault } from './webhooks/faults';
import { type Deliver, postWebhook } from './webhooks/post-webhook';
import { practisedApiVersion } from './wire-objects';

export interface PracticeProviderOptions {
  clock: Clock;
  random: Random;
  /** Callers of the API show it as bearer; a live key is refused. */
  secretKey: string;
  /** Where payers reach the pay page. */
  origin: () => string;
  /** How a webhook is sent; over the network when absent. */
  deliver?: Deliver | undefined;
  timer?: Timer | undefined;
  state?: PracticeState | undefined;
  file?: StateFile | undefined;
}

export interface WebhookTarget {
  url: string;
  secret: string;
  /** `*` for all, which is the default: a receiver must bear events that it did not ask for. */
  events?: readonly string[] | undefined;
  apiVersion?: string | undefined;
}

/** What tests and the demo do to the provider from outside its API. */
export interface PracticeControl {
  /** Registers the county's webhook; called again, it moves the webhook, and what is waiting goes to the new place. */
  setWebhook(target: WebhookTarget): void;
  /** Each planned fault strikes the next deliveries that it fits. */
  planFaults(faults: readonly PlannedFault[]): void;
  /** Each planned fault strikes one of the next calls of the API. */
  planRequestFaults(faults: readonly RequestFault[]): void;
  /** In which currency the balance is kept from now on, and what payments cost. */
  setSettlement(settlement: Partial<Settlement>): void;
  /** Lets something happen to the object of this id; answers the id of what it made. */
  happen(happening: Happening, id?: string): string | undefined;
  /** Expires and sends all that is due by the clock; done when each has been tried. */
  deliverDue(): Promise<void>;
  /** Lets something happen that no page brings about, such as an event of an unknown type. */
  emit(type: string, object: { id: string; object: string }): void;
  /** All attempts to deliver since the start, in order. */
  attempts(): readonly Attempt[];
}

export interface PracticeProvider {
  app: Express;
  control: PracticeControl;
  /** Ends deliveries and keeps the state. */
  close(): Promise<void>;
}

/**
 * A payment provider to practise with: the part of Stripe's API that we use, a pay page that moves no money, and signed webhooks.
 * It has an app and a port of its own, since the client of the API takes no path prefix.
 */
export function createPracticeProvider(options: PracticeProviderOptions): PracticeProvider {
  const { clock, random, secretKey, origin } = options;
  if (!secretKey.startsWith('sk_test_')) throw new RangeError('the practice provider takes a key that begins with sk_test_');

  const state = options.state ?? emptyState();
  const file = options.file ?? noStateFile;
  const practice: Practice = { clock: new MovableClock(clock), random, state, file, origin, wake: () => engine.wake() };
  const engine = new DeliveryEngine(practice, options.deliver ?? postWebhook, options.timer ?? realTimer);
  const requestFaults = new RequestFaults();

  const app = express().disable('x-powered-by').set('query parser', 'extended'); // created[gte]=… in queries
  app.use('/v1', apiRouter(practice, secretKey, requestFaults));
  app.use('/_ctl', controlRouter(practice, secretKey));
  app.use(payRouter(practice), faultAsText);
  engine.wake();

  return {
    app,
    control: {
      setWebhook({ url, secret, events, apiVersion }) {
        const kept = { enabledEvents: events ?? ['*'], apiVersion: apiVersion ?? practisedApiVersion, description: null, metadata: {} };
        setEndpoint(practice, { id: 'we_county', url, secret, ...kept });
        engine.wake();
      },
      planFaults: (faults) => engine.faults.plan(faults),
      planRequestFaults: (faults) => requestFaults.plan(faults),
      setSettlement: (settlement) => {
        state.settlement = { ...state.settlement, ...settlement };
      },
      happen: (happening, id = '') => happenings[happening](practice, id) ?? undefined,
      deliverDue: () => engine.deliverDue(),
      emit: (type, object) => void emit(practice, type, object),
      attempts: () => engine.attempts,
    },
    async close() {
      await engine.stop();
      await file.save(state);
    },
  };
}

/** A fault of this program, or a form that cannot be read: told shortly to the browser, in full to the process that runs the demo. */
const faultAsText: ErrorRequestHandler = (error, _req, res, _next) => {
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
  if (status >= 500) process.emitWarning(error instanceof Error ? error : String(error));
  res.status(status).type('text').send(`${status}`);
};
