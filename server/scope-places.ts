import { nameScopes } from './identity';
import type { Context } from './kernel/context';
import type { Role } from './kernel/roles';
import { divisionFullName, divisionsWithin } from './regions';

// Officers act for places; regions lies above people, so their names are brought together here.
const digitsOf = new Map<Role, number>([
  ['villageCadre', 12],
  ['townshipOfficer', 9],
  ['departmentOfficer', 6],
  ['fundManager', 6],
  ['financeOfficer', 6],
  ['auditor', 6],
  ['countyAdmin', 6],
]);

/** Lets the pages of people name the places that grants are for, and offer those within the administrator's own reach. */
export function namePlacesOfGrants(): void {
  nameScopes({
    roles: [...digitsOf.keys()],
    names: async (ctx: Context, ids) => new Map(ids.map((id) => [id, divisionFullName(id, ctx.locale)])),
    choices: async (ctx, role) => {
      const places = ctx.actor.grants.flatMap(({ scope }) => divisionsWithin(scope));
      return places
        .filter(({ code }) => code.length === digitsOf.get(role))
        .map(({ code }) => ({ id: code, name: divisionFullName(code, ctx.locale) }));
    },
  });
}
