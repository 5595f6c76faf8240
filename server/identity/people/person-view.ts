import type { Context } from '../../kernel/context';
import { shanghaiDay } from '../../kernel/local-date';
import { roles } from '../../kernel/roles';
import type { Translate } from '../../platform/i18n/translator';
import { z } from '../../platform/validation/zod';
import type { StateChip } from '../../platform/views/mark-helpers';
import { isOpen, isUnconfirmed } from '../live-grants';
import { needsSecondFactor } from '../permissions';
import type { HeldGrant, User } from '../user.model';
import { type UserState, userStates } from '../user.states';

/** A person as programs see one: masked, as on the pages. */
export const personView = z
  .object({
    id: z.string(),
    name: z.string().openapi({ description: 'Masked', example: '张*明' }),
    mobile: z.string().optional().openapi({ description: 'Masked', example: '139****2104' }),
    state: z.enum(userStates.states as [UserState, ...UserState[]]),
    hasSecondFactor: z.boolean(),
    lastSignInAt: z.iso.datetime().optional(),
    grants: z.array(
      z.object({
        id: z.string(),
        role: z.enum(roles),
        scope: z.string(),
        from: z.string(),
        until: z.string().optional(),
        grantedBy: z.string(),
        confirmedBy: z.string().optional().openapi({ description: 'The second person, where the role takes two' }),
        endedAt: z.iso.datetime().optional(),
        counts: z.boolean().openapi({ description: 'False as long as its second person has not confirmed it' }),
      }),
    ),
  })
  .openapi('Person');

export function viewOfPerson(user: User): z.output<typeof personView> {
  return {
    id: user._id,
    name: user.nameMasked,
    ...(user.mobileMasked !== undefined && { mobile: user.mobileMasked }),
    state: user.state.name,
    hasSecondFactor: user.secondFactor !== undefined,
    ...(user.lastSignInAt && { lastSignInAt: user.lastSignInAt.toISOString() }),
    grants: user.grants.map((grant) => viewOfGrant(grant)),
  };
}

function viewOfGrant(grant: HeldGrant) {
  const { id, role, scope, from, until, grantedBy, confirmedBy, endedAt } = grant;
  return {
    id,
    role,
    scope,
    from,
    ...(until !== undefined && { until }),
    grantedBy,
    ...(confirmedBy !== undefined && { confirmedBy }),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    counts: !isUnconfirmed(grant),
  };
}

const families = { invited: 'waiting', active: 'done', deactivated: 'still' } as const;

/** The state as a chip. */
export function stateChip(t: Translate, state: UserState): StateChip {
  return { family: families[state], word: t(`identity:state.${state}`) };
}

/** How the second factor of a person stands: set, missing where it must be, or not needed. */
export function factorOf(ctx: Pick<Context, 'clock'>, user: User): 'set' | 'none' | 'notNeeded' {
  if (user.secondFactor) return 'set';
  const today = shanghaiDay(ctx.clock.now());
  return needsSecondFactor(user.grants.filter((grant) => isOpen(grant, today))) ? 'none' : 'notNeeded';
}
