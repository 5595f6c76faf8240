import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import Stripe from 'stripe';
import { SteppedClock } from '../../server/kernel/clock';
import { fen } from '../../server/kernel/money';
import { seededRandom } from '../../server/kernel/random';
import type { StripeConfig } from '../../server/platform/config/config';
import type { RunningPracticeProvider, StartOptions } from '../../server/platform/practice-provider/start-practice-provider';
import { startPracticeProvider } from '../../server/platform/practice-provider/start-practice-provider';
import { silentTimer } from '../../server/platform/practice-provider/webhooks/delivery';
import type { CheckoutOrder } from '../../server/platform/stripe/checkout-sessions';
import { type PaymentProvider, paymentProvider } from '../../server/platform/stripe/payment-provider';
import type { ProviderEvent } from '../../server/platform/stripe/webhook-events';

export const secretKey = 'sk_test_practice';
export const webhookSecret = 'whsec_practice';

/** A webhook that arrived: the event, or the reason why it was refused. */
export type Arrival = { event: ProviderEvent } | { refused: unknown };

export interface Practising {
  clock: SteppedClock;
  provider: RunningPracticeProvider;
  /** The adapter under test. */
  ours: PaymentProvider;
  /** The bare client, for what the adapter does not use yet. */
  stripe: Stripe;
  /** What has arrived at the webhook, in order. */
  arrivals: Arrival[];
  /** The types of the events that arrived and were trusted. */
  arrived(): string[];
  start(options?: Partial<StartOptions>): Promise<void>;
  /** Where webhooks are received. */
  webhookUrl: string;
  /** Answers the coming webhooks with this status. */
  answerWith(status: number): void;
  /** Answers webhooks that are not trusted with this status, 200 unless told. */
  answerRefusals(status: number): void;
}

/** The practice provider, its client and a webhook receiver, new for each test, all over real HTTP, on a clock that stands still. */
export function usePractice(): Practising {
  const practising = { arrivals: [] as Arrival[] } as Practising;
  let status = 200;
  let refusalStatus = 200;
  let receiver: Server;

  practising.answerWith = (next) => {
    status = next;
  };
  practising.answerRefusals = (next) => {
    refusalStatus = next;
  };
  practising.arrived = () => practising.arrivals.flatMap((arrival) => ('event' in arrival ? [arrival.event.type] : []));
  practising.start = async (options = {}) => {
    practising.provider = await startPracticeProvider({
      port: 0,
      clock: practising.clock,
      random: seededRandom(`practice ${Math.floor(practising.clock.now().getTime())}`),
      secretKey,
      timer: silentTimer,
      webhook: { url: practising.webhookUrl, secret: webhookSecret },
      ...options,
    });
    practising.ours = paymentProvider({ config: stripeConfig({ apiBase: practising.provider.url }) });
    practising.stripe = clientOf(practising.provider.url);
  };

  beforeEach(async () => {
    status = 200;
    refusalStatus = 200;
    practising.arrivals.length = 0;
    practising.clock = new SteppedClock('2026-11-24T02:00:00Z');
    receiver = express()
      .post('/webhooks/stripe', express.raw({ type: 'application/json' }), (req, res) => {
        const arrived = arrival(practising, req.body, req.headers['stripe-signature']);
        practising.arrivals.push(arrived);
        res.sendStatus('event' in arrived ? status : refusalStatus);
      })
      .listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    practising.webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks/stripe`;
    await practising.start();
  });
  afterEach(async () => {
    await practising.provider.stop();
    receiver.close();
    receiver.closeAllConnections();
    await once(receiver, 'close');
  });
  return practising;
}

export function stripeConfig(changes: Partial<StripeConfig> = {}): StripeConfig {
  return { secretKey, webhookSecrets: [webhookSecret], webhookToleranceS: 300, timeoutMs: 2000, maxRetries: 0, ...changes };
}

export const order: CheckoutOrder = {
  giftId: 'gift_4k2',
  giftNumber: 'D-2026-000123',
  amountFen: fen(10_000_00),
  productName: '捐给和安县公益防贫基金',
  locale: 'zh-CN',
  successUrl: 'http://localhost:3000/giving/done',
  cancelUrl: 'http://localhost:3000/give',
  idempotencyKey: 'gift:gift_4k2:session:1',
};

/** Presses a button of the pay page, as a browser without script does. */
export function press(payPage: string, outcome: string, method = 'wechat_pay'): Promise<Response> {
  return fetch(payPage, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ outcome, method }) });
}

/** The address of an open session's pay page. */
export function payPageOf(session: { url: string | null }): string {
  if (session.url === null) throw new Error('the session is over: it has no pay page');
  return session.url;
}

function clientOf(url: string): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(secretKey, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

function arrival({ ours, clock }: Practising, body: unknown, header: string | string[] | undefined): Arrival {
  try {
    return { event: ours.verifyWebhook(body, header, clock.now()) };
  } catch (error) {
    return { refused: (error as { details?: unknown }).details };
  }
}
