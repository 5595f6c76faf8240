import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import type { Role } from '../kernel/roles';
import type { DocumentGuard, DocumentWrite } from '../platform/mongo/document-writes';
import { anyOf } from '../platform/mongo/operators';
import { amendPerson } from './amend-person';
import { isOpen } from './live-grants';
import { newGrant } from './new-grant';
import { type HeldGrant, User } from './user.model';

const most = 200;

/** Everybody who has or had one of the roles for an organisation, by the sound of their names. */
export async function findMembers(ctx: Pick<Context, 'ledger'>, scope: string, roles: readonly Role[]): Promise<User[]> {
  return User.find({ ledger: ctx.ledger, 'grants.role': anyOf(roles), 'grants.scope': scope })
    .sort({ 'nameKeys.sortKey': 1, _id: 1 })
    .limit(most)
    .lean<User[]>();
}

/** The role that somebody holds for an organisation today. */
export function heldRoleFor(ctx: Pick<Context, 'clock'>, { grants }: Pick<User, 'grants'>, scope: string): HeldGrant | undefined {
  const today = shanghaiDay(ctx.clock.now());
  return grants.find((grant) => grant.scope === scope && isOpen(grant, today));
}

/** What a change of somebody's role for an organisation adds to its commit; the room that owns the organisation refuses there. */
type Along = (user: User) => Promise<{ guards: readonly DocumentGuard[]; writes: readonly DocumentWrite[] }>;

/**
 * Gives somebody who has or had a role for an organisation another one there, or none: what was held ends at once, and an invitation
 * that was not accepted with it. @throws AppError `not-found` for whoever never had one, `state.not-allowed` for somebody deactivated.
 */
export async function setMemberRole(
  ctx: Context,
  { id, scope, role }: { id: string; scope: string; role: Role | undefined },
  along: Along,
): Promise<User> {
  return amendPerson(ctx, id, async (user) => {
    if (!user.grants.some((grant) => grant.scope === scope)) fail('not-found');
    const held = heldRoleFor(ctx, user, scope);
    if (held?.role === role) return undefined;
    if (user.state.name === 'deactivated') fail('state.not-allowed', { from: user.state.name, to: 'granted' });
    const [now, today] = [ctx.clock.now(), shanghaiDay(ctx.clock.now())];
    const ended = user.grants.map((grant) =>
      grant.scope === scope && isOpen(grant, today) ? { ...grant, endedBy: ctx.actor.id, endedAt: now } : grant,
    );
    const isLeft = role === undefined;
    return {
      key: `member:${id}:${user.version}:${role ?? 'none'}`,
      what: isLeft ? 'person.roleEnded' : 'person.roleGranted',
      fields: {
        grants: role ? [...ended, newGrant(ctx, { role, scope }, ended)] : ended,
        ...(isLeft && user.state.name === 'invited' && { link: undefined }),
      },
      facts: { role: role ?? held?.role ?? '', scope },
      along: await along(user),
    };
  });
}
