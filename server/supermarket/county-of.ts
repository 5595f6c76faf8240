import type { Context } from '../kernel/context';
import { divisionsWithin } from '../regions';

const countyDigits = 6;

/** The county's division code, for numbers of policy that hold in all of it. */
export function countyOf({ actor }: Pick<Context, 'actor'>): string {
  const scope = actor.grants.find((grant) => divisionsWithin(grant.scope).length > 0)?.scope;
  return (scope ?? anyDivision()).slice(0, countyDigits);
}

/** The system acts for the whole county and has no region of its own. */
function anyDivision(): string {
  return divisionsWithin('13')[0]?.code ?? '';
}
