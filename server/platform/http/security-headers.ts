import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../config/config';

const stripePage = 'https://checkout.stripe.com';

/** Headers that tell the browser to trust only what we serve: no inline script or style, no foreign host but the payment page. */
export function securityHeaders(config: Pick<Config, 'publicBaseUrl' | 'stripe'>): RequestHandler {
  const isSecure = config.publicBaseUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'"],
        'media-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'worker-src': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        // A form's answer may redirect to the payment page, and browsers check the redirect against this list, too.
        'form-action': ["'self'", ...(config.stripe ? [config.stripe.apiBase ?? stripePage] : [])],
        ...(isSecure && { 'upgrade-insecure-requests': [] }),
      },
    },
    // Under `no-referrer`, helmet's own choice, browsers send `Origin: null` with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isSecure && { maxAge: 31_536_000, includeSubDomains: false },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  });
}
