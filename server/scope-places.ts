import { digitsOfPlace, nameScopes } from './identity';
import type { Context } from './kernel/context';
import { roles } from './kernel/roles';
import { divisionFullName, divisionsWithin } from './regions';

/** Regions lies above people, so the two are brought together here: lets the pages of people name the places that grants are for, and offer those within the administrator's own reach. */
export function namePlacesOfGrants(): void {
  nameScopes({
    roles: roles.filter((role) => digitsOfPlace(role) !== undefined),
    names: async (ctx: Context, ids) => new Map(ids.map((id) => [id, divisionFullName(id, ctx.locale)])),
    choices: async (ctx, role) => {
      const places = ctx.actor.grants.flatMap(({ scope }) => divisionsWithin(scope));
      return places
        .filter(({ code }) => code.length === digitsOfPlace(role))
        .map(({ code }) => ({ id: code, name: divisionFullName(code, ctx.locale) }));
    },
  });
}
