import Stripe from 'stripe';
import { fail } from '../../kernel/errors';
import { z } from '../validation/zod';
import { askProvider } from './provider-errors';
import { instant, readAnswer } from './provider-shapes';

/** One thing that the provider says has happened. It names the object; what the object is now is read from the provider. */
export interface ProviderEvent {
  /** `evt_…`: the key under which the inbox takes each event once. */
  id: string;
  type: string;
  createdAt: Date;
  objectType: string;
  objectId: string;
  livemode: boolean;
  apiVersion: string | null;
}

/** What a signature is checked against. */
export interface WebhookTrust {
  secrets: readonly string[];
  toleranceSeconds: number;
}

/** The API version that this code reads; an event of another one is taken, and worth an alert. */
export const apiVersion: string = Stripe.API_VERSION;

/** The events that we act on. `payment_intent.succeeded` and `charge.succeeded` would tell the same gift twice. */
export const subscribedEvents = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.payment_failed',
  'charge.updated',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.payment_action_required',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'radar.early_fraud_warning.created',
  'payout.paid',
  'payout.failed',
  'payout.reconciliation_completed',
] as const;

const aheadSeconds = 300;
const headerShape = /^\w+=[^,=]+(,\w+=[^,=]+)*$/; // on an empty signature the client fails in a way that is no refusal

const wireEvent = z.object({
  id: z.string().regex(/^evt_\w{1,100}$/),
  object: z.literal('event'),
  type: z.string().min(1),
  created: instant,
  livemode: z.boolean(),
  api_version: z.string().nullable(),
  data: z.object({ object: z.object({ id: z.string().min(1), object: z.string().min(1) }) }),
});

/**
 * Checks who signed the raw body and when, and reads the event. Everything wrong with it is `input.malformed` with a `reason`:
 * no raw body, no or several headers, a signature of none of the secrets, a time too old or too far ahead, no JSON, another shape.
 */
export function verifyWebhook(trust: WebhookTrust, rawBody: unknown, header: string | string[] | undefined, now: Date): ProviderEvent {
  if (!Buffer.isBuffer(rawBody) && typeof rawBody !== 'string') refuse('body'); // a wrong content type leaves it undefined
  if (typeof header !== 'string' || !headerShape.test(header)) refuse('header');
  if (!trust.secrets.some((secret) => isSignedWith(secret, rawBody, header))) refuse('signature');

  const signedAt = signatureSeconds(header);
  const age = Math.floor(now.getTime() / 1000) - signedAt;
  if (!Number.isSafeInteger(age) || age > trust.toleranceSeconds) refuse('too-old');
  if (age < -aheadSeconds) refuse('ahead'); // the client takes any time to come as fresh

  return readEvent(rawBody.toString());
}

/** Only the signature: the age is judged once for all secrets, and tolerance 0 means "do not judge" to the client. */
function isSignedWith(secret: string, rawBody: Buffer | string, header: string): boolean {
  try {
    return Boolean(Stripe.webhooks.signature?.verifyHeader(rawBody, header, secret, 0));
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}

/** The time that was signed: like the client, the last `t=` of the header. */
function signatureSeconds(header: string): number {
  const times = header.split(',').filter((part) => part.startsWith('t='));
  return Number.parseInt(times.at(-1)?.slice(2) ?? '', 10);
}

/** How many events one look takes at most; the next look goes on from there. */
const mostEvents = 1000;

/**
 * What happened after an event, or since a moment, as far as the provider has kept it, the oldest first: finds what no webhook has told.
 * An event that the provider has forgotten is no place to go on from: `not-found`.
 */
export async function listEvents(stripe: Stripe, from: { after: string } | { since: Date }): Promise<ProviderEvent[]> {
  const types = [...subscribedEvents] as string[];
  const all: unknown[] = [];
  await askProvider(async () => {
    const filter = 'after' in from ? { ending_before: from.after } : { created: { gte: Math.floor(from.since.getTime() / 1000) } };
    for await (const one of stripe.events.list({ types, limit: 100, ...filter })) if (all.push(one) >= mostEvents) return;
  });
  const events = all.map((json) => ours(readAnswer(wireEvent, json)));
  return 'after' in from ? events : events.reverse();
}

function readEvent(body: string): ProviderEvent {
  const json = readJson(body);
  const parsed = wireEvent.safeParse(json);
  if (!parsed.success) refuse(isThin(json) ? 'thin-event' : 'shape');
  return ours(parsed.data);
}

function ours({ data, ...event }: z.output<typeof wireEvent>): ProviderEvent {
  return {
    id: event.id,
    type: event.type,
    createdAt: event.created,
    objectType: data.object.object,
    objectId: data.object.id,
    livemode: event.livemode,
    apiVersion: event.api_version,
  };
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) refuse('json');
    throw error;
  }
}

/** An event destination of the wrong kind sends notices without the object; the operator should learn that from the log. */
function isThin(json: unknown): boolean {
  return z.object({ object: z.literal('v2.core.event') }).safeParse(json).success;
}

function refuse(reason: string): never {
  return fail('input.malformed', { webhook: reason });
}
