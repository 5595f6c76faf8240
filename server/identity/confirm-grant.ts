import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { amendPerson } from './amend-person';
import { findPersonOrThrow } from './find-people';
import type { ConfirmGrantInput, RefuseGrantInput } from './identity.inputs';
import { isWaiting } from './live-grants';
import { provenUnlessSigned, proveSignature } from './prove-signature';
import { mayReach } from './reach';
import type { HeldGrant, User } from './user.model';
import { whoIsTooNear } from './who-is-too-near';

/**
 * Confirms a role that somebody else proposed: from now on it counts. The person has a password and an authenticator by then, so that it
 * is given to who is there, and nobody who can make links binds one afterwards. Whoever confirms signs with a fresh code and is another
 * person in every way ({@link whoIsTooNear}).
 * @throws AppError `not-found`, `rule.same-person`, `state.not-allowed` when it does not wait or the person is not ready,
 * `input.invalid` at `code`.
 */
export async function confirmGrant(ctx: Context, input: ConfirmGrantInput): Promise<User> {
  return amendPerson(ctx, input.id, async (user) => {
    const proposed = proposedGrant(ctx, user, input.grant);
    if (isConfirmed(ctx, user, input.grant)) return undefined; // a second click
    assertWaits(ctx, proposed);
    if ((await whoIsTooNear(ctx, user, proposed, [ctx.actor.id])).length > 0) fail('rule.same-person', { step: 'confirmGrant' });
    if (!isReady(user)) fail('state.not-allowed', { from: user.state.name, to: 'confirmed' });
    const prove = () => proveSignature(ctx, input.code);
    const proof = await provenUnlessSigned(prove, async () => isConfirmed(ctx, await findPersonOrThrow(ctx, user._id), proposed.id));
    if (!proof) return undefined;
    const now = ctx.clock.now();
    const confirmed = { ...proposed, from: shanghaiDay(now), confirmedBy: ctx.actor.id, confirmedAt: now };
    return {
      key: `grant:${proposed.id}:confirmed:${ctx.actor.id}`,
      what: 'person.roleConfirmed',
      fields: { grants: withGrant(user, confirmed) },
      facts: { role: proposed.role, scope: proposed.scope },
      along: proof,
    };
  });
}

/** Refuses it, with a reason: it never counts. Who proposed it ends it instead. @throws AppError as {@link confirmGrant} */
export async function refuseGrant(ctx: Context, input: RefuseGrantInput): Promise<User> {
  return amendPerson(ctx, input.id, (user) => {
    const proposed = proposedGrant(ctx, user, input.grant);
    if (proposed.refused && proposed.endedBy === ctx.actor.id) return undefined;
    assertWaits(ctx, proposed);
    if ([proposed.grantedBy, user._id].includes(ctx.actor.id)) fail('rule.same-person', { step: 'refuseGrant' });
    const refused = { ...proposed, refused: true, endedBy: ctx.actor.id, endedAt: ctx.clock.now() };
    return {
      key: `grant:${proposed.id}:refused:${ctx.actor.id}`,
      what: 'person.roleRefused',
      fields: { grants: withGrant(user, refused) },
      facts: { role: proposed.role, scope: proposed.scope, reason: input.reason },
    };
  });
}

/** Whether somebody can be given a role by two: has chosen a password and bound an authenticator. */
export function isReady({ state, secondFactor }: Pick<User, 'state' | 'secondFactor'>): boolean {
  return state.name === 'active' && secondFactor !== undefined;
}

function proposedGrant(ctx: Context, { grants }: User, id: string): HeldGrant {
  const grant = grants.find((one) => one.id === id);
  return grant && mayReach(ctx.actor, grant.scope, 'people.confirmGrant') ? grant : fail('not-found');
}

function assertWaits(ctx: Context, grant: HeldGrant): void {
  if (!isWaiting(grant, shanghaiDay(ctx.clock.now()))) fail('state.not-allowed', { from: 'notWaiting', to: 'decided' });
}

function isConfirmed(ctx: Context, { grants }: User, id: string): boolean {
  return grants.some((grant) => grant.id === id && grant.confirmedBy === ctx.actor.id);
}

function withGrant({ grants }: User, changed: HeldGrant): HeldGrant[] {
  return grants.map((grant) => (grant.id === changed.id ? changed : grant));
}
