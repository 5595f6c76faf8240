import { type Guard, limited } from '../platform/http/guard';
import type { Limiter } from '../platform/http/rate-limit';

const perAddress = 60; // a whole hall may give behind one address
const perAccount = 20;

/** Holds whoever gives to a number of tries a minute: everybody by his address, who is signed in by his account as well. */
export function notTooOften(limiter: Limiter, guard: Guard): Guard {
  const byAddress = limiter({ name: 'give-address', perMinute: perAddress });
  const byAccount = limiter({
    name: 'give-account',
    perMinute: perAccount,
    key: ({ ctx }) => ctx.actor.id,
    counts: ({ user }) => user !== undefined,
  });
  return limited(byAddress, limited(byAccount, guard));
}
