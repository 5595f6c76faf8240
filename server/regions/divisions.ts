import type { Context, Locale } from '../kernel/context';
import { covers, type DivisionCode, divisionCode, levelOf, parentOf } from '../kernel/division-code';
import { fail, invariant } from '../kernel/errors';
import heanCounty from './hean-county.json';

/** A place of the county: county, township or village. */
export interface Division {
  code: DivisionCode;
  names: Readonly<Record<Locale, string>>;
}

// The invented county is in no edition of the national list (DOMAIN 1, PC1). A real county brings its own list in the same shape.
const divisions: ReadonlyMap<string, Division> = new Map(
  heanCounty.divisions.map(({ code, zh, en }) => [code, { code: divisionCode(code), names: { 'zh-CN': zh, en } }]),
);

/** The county whose places these are: where a number is asked for that holds for all of it. */
export function countyCode(): DivisionCode {
  const county = [...divisions.values()].find(({ code }) => levelOf(code) === 'county');
  invariant(county, 'regions.county-is-listed');
  return county.code;
}

/** The places in one or more scopes and the scopes themselves, each once, the higher before what lies in them. */
export function divisionsWithin(...scopes: readonly string[]): readonly Division[] {
  return [...divisions.values()]
    .filter(({ code }) => scopes.some((scope) => covers(scope, code)))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The villages in one or more scopes; of a village, itself. */
export function villagesOf(...scopes: readonly string[]): readonly DivisionCode[] {
  return divisionsWithin(...scopes).flatMap(({ code }) => (levelOf(code) === 'village' ? [code] : []));
}

/** What people call a place, 柳树村; a place that is not on the list is shown by its code. */
export function divisionName(code: string, locale: Locale): string {
  return divisions.get(code)?.names[locale] ?? code;
}

/** A place with its township: 安宁镇柳树村; Liushu Village, Anning Town. The county is left out below itself. */
export function divisionFullName(code: string, locale: Locale): string {
  const own = divisionName(code, locale);
  const above = divisions.has(code) ? parentOf(divisionCode(code)) : undefined;
  if (!above || levelOf(above) !== 'township') return own;
  return locale === 'zh-CN' ? `${divisionName(above, locale)}${own}` : `${own}, ${divisionName(above, locale)}`;
}

/** A place within the actor's reach. @throws AppError `not-found`, the same for "not there" and "not yours". */
export function findDivisionOrThrow(ctx: Pick<Context, 'actor'>, code: string): Division {
  const isReached = ctx.actor.kind === 'system' || ctx.actor.grants.some(({ scope }) => covers(scope, code));
  return (isReached ? divisions.get(code) : undefined) ?? fail('not-found');
}
