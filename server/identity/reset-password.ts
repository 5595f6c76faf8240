import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { newLink } from './access-link';
import { amendPerson } from './amend-person';
import { isLive } from './live-grants';
import { rolesByTwo } from './permissions';
import type { HeldGrant, LinkPurpose, User } from './user.model';

/**
 * A link for a new password, good for one day and one use, shown to the administrator who hands it on; for an invited person a new
 * invitation. The old password works until then. Whoever makes it for somebody without an authenticator could be that person from now
 * on: their roles by two end and wait anew for another person. @throws AppError `state.not-allowed` for somebody deactivated.
 */
export async function resetPassword(
  ctx: Context,
  input: { id: string; requestKey: string },
): Promise<{ user: User; path: string | undefined }> {
  const linkFor = (purpose: LinkPurpose) => newLink(ctx, purpose, `${input.id}/${input.requestKey}`);
  const user = await amendPerson(ctx, input.id, (person) => {
    const { state } = person;
    if (state.name === 'deactivated') fail('state.not-allowed', { from: state.name, to: 'passwordReset' });
    if (input.id === ctx.actor.id) fail('rule.same-person', { step: 'passwordReset' });
    const { kept } = linkFor(state.name === 'invited' ? 'invitation' : 'password');
    const { handed, proposed } = person.secondFactor ? { handed: {}, proposed: [] } : handOver(ctx, person, kept.hash);
    return {
      key: `link:${kept.hash}:made`,
      what: 'person.linkMade',
      fields: { link: kept, ...handed },
      facts: { link: kept.purpose },
      along: {
        guards: [],
        writes: proposed.map(({ role, scope }) => recorded(ctx, 'person.roleProposed', { type: 'user', id: input.id }, { role, scope })),
      },
    };
  });
  const made = user.link && linkFor(user.link.purpose);
  return { user, path: made?.kept.hash === user.link?.hash ? made?.path : undefined };
}

/** Who made the link stays known; the roles by two that count end, and are proposed anew by who makes it. The system hands nothing over. */
function handOver(ctx: Context, { grants, linkedBy = [] }: User, link: string) {
  const now = ctx.clock.now();
  const today = shanghaiDay(now);
  const counting = grants.filter((grant) => rolesByTwo.includes(grant.role) && isLive(grant, today));
  const ending = ctx.actor.kind === 'system' ? [] : counting;
  const proposed = ending.map(
    ({ id, role, scope, until }): HeldGrant => ({
      id: idOfRequest(ctx, 'gra', `${id}/${link}`),
      role,
      scope,
      from: today,
      ...(until !== undefined && { until }),
      grantedBy: ctx.actor.id,
      grantedAt: now,
    }),
  );
  const ended = grants.map((grant) => (ending.includes(grant) ? { ...grant, endedBy: ctx.actor.id, endedAt: now } : grant));
  const handed: Pick<User, 'grants' | 'linkedBy'> = {
    linkedBy: [...new Set([...linkedBy, ctx.actor.id])],
    grants: [...ended, ...proposed],
  };
  return { handed, proposed };
}
