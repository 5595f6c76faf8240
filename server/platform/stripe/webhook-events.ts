import Stripe from 'stripe';
import { fail } from '../../kernel/errors';
import { z } from '../validation/zod';
import { instant } from './provider-shapes';

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

/** The events that a one-off gift needs. `payment_intent.succeeded` and `charge.succeeded` would tell the same gift twice. */
export const subscribedEvents = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.payment_failed',
] as const;

const aheadSeconds = 300;
const headerShape = /^\w+=[^,=]+(,\w+=[^,=]+)*$/; // on an empty signature the client fails in a way that is no refusal

const wireEvent = z.object({
  id: z.string().min(1),
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

function readEvent(body: string): ProviderEvent {
  const json = readJson(body);
  const parsed = wireEvent.safeParse(json);
  if (!parsed.success) refuse(isThin(json) ? 'thin-event' : 'shape');
  const { data, ...event } = parsed.data;
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
