import type { Context } from '../kernel/context';
import { covers, isDivisionCode, parentOf } from '../kernel/division-code';
import { shanghaiDay } from '../kernel/local-date';
import type { Role } from '../kernel/roles';
import { anyOf, operator } from '../platform/mongo/operators';
import { isLive } from './live-grants';
import { type Permission, rolesWith } from './permissions';
import { User } from './user.model';

const most = 40;

interface PersonWho {
  id: string;
  nameMasked: string;
  /** The role that lets them. */
  role: Role;
}

/** People who may do something at a place today, by the sound of their names; at most 40, for saying whom to ask. */
export async function peopleWho(ctx: Pick<Context, 'ledger' | 'clock'>, permission: Permission, place: string): Promise<PersonWho[]> {
  const today = shanghaiDay(ctx.clock.now());
  const wanted = rolesWith(permission);
  const found = await User.find(
    {
      ledger: ctx.ledger,
      'state.name': 'active',
      grants: operator({ $elemMatch: { role: anyOf([...wanted]), scope: anyOf(placesAround(place)) } }),
    },
    { nameMasked: 1, grants: 1 },
  )
    .sort({ 'nameKeys.sortKey': 1, _id: 1 })
    .limit(most)
    .lean<Pick<User, '_id' | 'nameMasked' | 'grants'>[]>();
  return found.flatMap(({ _id, nameMasked, grants }) => {
    const grant = grants.find((one) => wanted.includes(one.role) && isLive(one, today) && covers(one.scope, place));
    return grant ? [{ id: _id, nameMasked, role: grant.role }] : [];
  });
}

/** The place and those it lies in: the scopes that cover it, so that the limit counts nobody of elsewhere. */
function placesAround(place: string): string[] {
  const parent = isDivisionCode(place) ? parentOf(place) : undefined;
  return parent === undefined ? [place] : [place, ...placesAround(parent)];
}
