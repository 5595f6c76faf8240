import type { Locale } from '../kernel/context';
import type { Config } from '../platform/config/config';
import { locales } from '../platform/i18n/locales';
import { sharedTranslator } from '../platform/i18n/translator';
import { type PaymentProvider, paymentProvider } from '../platform/stripe/payment-provider';

/** What online giving needs beside the database. Made once per process. */
export interface Giving {
  provider: PaymentProvider;
  /** Whether our key moves real money: a session of the other world is never booked. */
  livemode: boolean;
  /** Where payers come back to. */
  publicBaseUrl: string;
  /** Where the practice provider lets time pass; absent with the real one. */
  practiceOrigin?: string;
  /** What a payer reads beside the sum on the provider's page. */
  productName: Readonly<Record<Locale, string>>;
}

/** Online giving by the process's settings; undefined where the county takes no cards or wallets. */
export async function prepareGiving(
  config: Pick<Config, 'stripe' | 'publicBaseUrl' | 'countyName'>,
  provider?: PaymentProvider,
): Promise<Giving | undefined> {
  if (!config.stripe) return undefined;
  const translator = await sharedTranslator();
  const named = locales.map((locale) => [locale, translator.in(locale)('donations:productName', { county: config.countyName[locale] })]);
  return {
    provider: provider ?? paymentProvider({ config: config.stripe }),
    livemode: /^(sk|rk)_live_/.test(config.stripe.secretKey),
    publicBaseUrl: config.publicBaseUrl,
    ...(config.stripe.apiBase && { practiceOrigin: new URL(config.stripe.apiBase).origin }),
    productName: Object.fromEntries(named) as Record<Locale, string>,
  };
}
