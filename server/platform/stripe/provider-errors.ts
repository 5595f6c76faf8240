import Stripe from 'stripe';
import { AppError, type ErrorDetails } from '../../kernel/errors';

/** The provider refused what we sent: a fault of ours (a wrong key, parameter or reused idempotency key), never of the person. */
class ProviderRefusal extends Error {
  constructor(
    readonly type: string,
    readonly facts: ErrorDetails,
  ) {
    super(`payment provider refused: ${type} ${JSON.stringify(facts)}`);
    this.name = 'ProviderRefusal';
  }
}

/**
 * Runs one call to the provider and translates what it throws. No answer, a late one, an overloaded or an unreadable one is
 * `service.unavailable` (the outcome is unknown: repeat with the same idempotency key); a missing object is `not-found`.
 * The client's own error is not passed on, since it carries the whole answer and would be logged.
 */
export async function askProvider<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) throw translated(error);
    throw error;
  }
}

function translated(error: InstanceType<typeof Stripe.errors.StripeError>): Error {
  const facts: ErrorDetails = { provider: 'stripe', type: error.type };
  if (error.requestId) facts['requestId'] = error.requestId;
  if (error.statusCode) facts['status'] = error.statusCode;
  if (error.code) facts['code'] = error.code;
  if (error.param) facts['param'] = error.param;

  const { StripeConnectionError, StripeAPIError, StripeRateLimitError } = Stripe.errors;
  if (error instanceof StripeConnectionError || error instanceof StripeAPIError || error instanceof StripeRateLimitError) {
    return new AppError('service.unavailable', facts);
  }
  if (error.statusCode === 404 && error.code === 'resource_missing') return new AppError('not-found', facts);
  return new ProviderRefusal(error.type, facts);
}

/** True when the provider has understood and said no: to ask again in the same way is of no use. */
export function isProviderRefusal(error: unknown): error is ProviderRefusal {
  return error instanceof ProviderRefusal;
}
