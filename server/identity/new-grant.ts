import type { Context } from '../kernel/context';
import { isDivisionCode } from '../kernel/division-code';
import { failField } from '../kernel/errors';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import { randomId } from '../kernel/random';
import type { Grant, Role } from '../kernel/roles';
import { isOpen } from './live-grants';
import { mayReach } from './reach';
import type { HeldGrant } from './user.model';

export interface AskedGrant extends Grant {
  /** Given by a caller who may ask twice; a random one otherwise. */
  id?: string;
  /** Last day; without one it holds until ended. */
  until?: LocalDate | undefined;
}

/** How many digits the place of an officer has (DOMAIN 16, PR6); the other roles act for an organisation, shop or household. */
const placeDigits: Readonly<Partial<Record<Role, number>>> = {
  villageCadre: 12,
  townshipOfficer: 9,
  departmentOfficer: 6,
  fundManager: 6,
  financeOfficer: 6,
  auditor: 6,
  countyAdmin: 6,
};
const scopeId = /^[a-z]{2,6}_[0-9a-z]{20}$/;

/** The auditor writes nothing and the administrator touches no money: each would by a second role. */
const aloneRoles: readonly Role[] = ['auditor', 'countyAdmin'];

/** Whether a role acts for a place; the others act for an organisation, shop or household. */
export function digitsOfPlace(role: Role): number | undefined {
  return placeDigits[role];
}

/**
 * A right from today on; one of a role by two waits until another person confirms it (`isWaiting`).
 * @throws AppError `input.invalid` at `scope` when the place does not fit the role or lies outside the giver's own reach, at `until` for a
 * day that is over, at `role` when it must not stand beside the others.
 */
export function newGrant(ctx: Context, asked: AskedGrant, held: readonly HeldGrant[] = []): HeldGrant {
  const today = shanghaiDay(ctx.clock.now());
  const { role, scope, until } = asked;
  const digits = placeDigits[role];
  const fits = digits === undefined ? scopeId.test(scope) : isDivisionCode(scope) && scope.length === digits;
  if (!fits) failField('scope', 'scope-misfits');
  if (digits !== undefined && !mayReach(ctx.actor, scope)) failField('scope', 'not-a-choice');
  if (until !== undefined && until < today) failField('until', 'day-is-over');
  const open = held.filter((grant) => isOpen(grant, today)); // also what waits: two that wait must fit beside each other, too
  if (open.some((grant) => grant.role === role && grant.scope === scope)) failField('role', 'role-held');
  const beside = open.map((grant) => grant.role);
  if (beside.length > 0 && [role, ...beside].some((one) => aloneRoles.includes(one))) failField('role', 'role-stands-alone');
  return {
    id: asked.id ?? randomId(ctx.random, 'gra'),
    role,
    scope,
    from: today,
    ...(until !== undefined && { until }),
    grantedBy: ctx.actor.id,
    grantedAt: ctx.clock.now(),
  };
}
