import { createHmac } from 'node:crypto';
import type { Context } from '../../kernel/context';
import { keyFor } from './keys';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // the letters of kernel/random

/**
 * The id of what a request creates, from the key that the caller chose before its first try: the same for each retry, so that a
 * repeated request finds what the first one made; unguessable, since the hash is keyed. It is the caller's alone: the same key in
 * another county, or from another person, makes another thing.
 */
export function idOfRequest(ctx: Pick<Context, 'ledger' | 'actor'>, prefix: string, requestKey: string): string {
  return hashedId(prefix, `${ctx.ledger}/by/${ctx.actor.id}/${requestKey}`);
}

/**
 * The id of what a county has once, whoever is first to say so: from the fact that makes it the one (a credit code, a payment of the
 * provider).
 */
export function idOfFact({ ledger }: Pick<Context, 'ledger'>, prefix: string, fact: string): string {
  return hashedId(prefix, `${ledger}/${fact}`);
}

function hashedId(prefix: string, text: string): string {
  const digest = createHmac('sha256', keyFor(`id:${prefix}`))
    .update(text)
    .digest();
  return `${prefix}_${[...digest.subarray(0, 20)].map((byte) => alphabet[byte & 31]).join('')}`;
}
