import { createHmac } from 'node:crypto';
import type { Clock } from '../../kernel/clock';
import { keyFor } from './keys';
import { sameSecret } from './same-secret';

const signatureBytes = 12; // 96 bits: short enough for a QR code, checked online only

/**
 * A short signed text for QR codes and links: `<id>.<last second>.<signature>`, or without the second when it never ends. It proves
 * that we made it for this purpose; it hides nothing, so `id` must be a random id.
 */
export function signToken(purpose: string, id: string, until?: Date): string {
  const body = `${id}.${until ? Math.floor(until.getTime() / 1000).toString(36) : ''}`;
  return `${body}.${signature(purpose, body)}`;
}

/** The id of a token that we made for this purpose and that has not ended; otherwise undefined. */
export function readToken(purpose: string, token: string, clock: Clock): string | undefined {
  const parts = token.split('.');
  const [id, until, signed] = parts;
  if (parts.length !== 3 || !id || until === undefined || !signed) return undefined;
  if (!sameSecret(signed, signature(purpose, `${id}.${until}`))) return undefined;
  const isOver = until !== '' && clock.now().getTime() > Number.parseInt(until, 36) * 1000;
  return isOver ? undefined : id;
}

function signature(purpose: string, body: string): string {
  return createHmac('sha256', keyFor(`token:${purpose}`))
    .update(body)
    .digest()
    .subarray(0, signatureBytes)
    .toString('base64url');
}
