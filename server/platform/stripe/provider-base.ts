/** Where the payment provider is reached, in the three parts that its client takes. */
export interface ProviderBase {
  host: string;
  port: number;
  protocol: 'http' | 'https';
}

const loopback = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Splits `STRIPE_API_BASE` into host, port and protocol, since the client reads no base address and takes no path prefix.
 * Throws RangeError with a sentence for the operator when the address has a path, credentials or a query, when it is plain http
 * beyond loopback, or when it would carry a live key anywhere but to the provider itself.
 */
export function providerBase(address: string, secretKey: string): ProviderBase {
  if (!URL.canParse(address)) throw new RangeError('STRIPE_API_BASE is not an address');
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');

  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new RangeError('STRIPE_API_BASE must begin with http:// or https://');
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    throw new RangeError('STRIPE_API_BASE is an origin only: no path, no query, no credentials');
  }
  if (url.protocol === 'http:' && !loopback.has(host)) throw new RangeError('STRIPE_API_BASE may be plain http on loopback only');
  if (secretKey.startsWith('sk_live_') || secretKey.startsWith('rk_live_')) {
    throw new RangeError('STRIPE_API_BASE must not be set together with a live key');
  }

  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  return { host, port: Number(url.port) || (protocol === 'http' ? 80 : 443), protocol };
}
