import { createHmac } from 'node:crypto';

/** The `stripe-signature` header of a body: HMAC-SHA256 over time and body. Own code, so that the tests check the adapter against a second one. */
export function signatureHeader(secret: string, body: string, signedAtSeconds: number): string {
  const mac = createHmac('sha256', secret).update(`${signedAtSeconds}.${body}`).digest('hex');
  return `t=${signedAtSeconds},v1=${mac}`;
}
