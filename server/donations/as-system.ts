import type { Context } from '../kernel/context';

/**
 * The same call, done by the county's own machinery: a visitor has no role, and what is noted or booked for him rests on what the
 * provider says, never on what he says. A signed-in person stays who he is.
 */
export function asSystem(ctx: Context, job: 'give-page' | 'registration' | 'provider' | 'sweep'): Context {
  return { ...ctx, actor: { id: `system:${job}`, kind: 'system', grants: [] } };
}
