import type { Context } from '../kernel/context';
import { levelOf } from '../kernel/division-code';
import { divisionFullName, divisionsWithin } from '../regions';

/** Townships and their villages in an area, for those who give for one place. */
export function placesIn(ctx: Pick<Context, 'locale'>, area: string): { value: string; label: string }[] {
  return divisionsWithin(area)
    .filter(({ code }) => levelOf(code) === 'township' || levelOf(code) === 'village')
    .map(({ code }) => ({ value: code, label: divisionFullName(code, ctx.locale) }));
}
