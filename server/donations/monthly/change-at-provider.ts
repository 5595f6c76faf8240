import type { PaymentProvider } from '../../platform/stripe/payment-provider';
import type { ProviderSubscription, SubscriptionChange } from '../../platform/stripe/subscriptions';

/**
 * Changes a subscription and reads how it stands then. One that has ended meanwhile, by another click or at the provider, takes no change
 * and is no fault: it is read as ended. @throws what the provider says to a change of one that goes on.
 */
export async function changeAtProvider(
  provider: PaymentProvider,
  subscription: ProviderSubscription,
  change: SubscriptionChange,
  key: string,
): Promise<ProviderSubscription> {
  let refusal: unknown;
  if (subscription.status !== 'canceled') {
    await provider.changeSubscription(subscription, change, key).catch((error: unknown) => {
      refusal = error;
    });
  }
  const now = await provider.readSubscription(subscription.id);
  if (refusal !== undefined && now.status !== 'canceled') throw refusal;
  return now;
}
