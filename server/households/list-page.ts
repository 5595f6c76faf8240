import { may, reachOf } from '../identity';
import type { Context } from '../kernel/context';
import { levelOf, parentOf } from '../kernel/division-code';
import { bareCode, halfWidth } from '../kernel/half-width';
import type { Translate } from '../platform/i18n/translator';
import { formatNumber } from '../platform/views/format';
import { divisionFullName, divisionName, divisionsWithin } from '../regions';
import { countHouseholds, findHouseholds } from './find-households';
import { monitoredGroups } from './household.model';
import type { HouseholdFilters } from './households.inputs';
import { shownName } from './masked-household';

/** Households within reach, masked, by village and the sound of the head's name. */
export async function householdList(ctx: Context, t: Translate, filters: HouseholdFilters) {
  const mayRegister = may(ctx.actor, 'household.register');
  const isFiltered = Boolean(filters.q || filters.village || filters.group);
  const [page, count] = await Promise.all([findHouseholds(ctx, filters), countHouseholds(ctx, filters)]);
  return {
    filters,
    heading: t(filters.for ? `households:choose.${filters.for}` : 'households:title'),
    lead: t(filters.for ? 'households:choose.lead' : 'households:lead', { count: formatNumber(count) }),
    clear: filters.for ? `/households?for=${filters.for}` : '/households',
    count,
    next: page.next,
    rows: page.rows.map((household) => ({
      href: `/households/${household._id}${filters.for === 'aid' ? '/aid-requests' : ''}`,
      number: household.number,
      who: shownName(household),
      where: divisionFullName(household.village, ctx.locale),
      members: household.members.length,
      group: household.monitored && t(`households:group.${household.monitored.group}`),
      cause: household.monitored && t(`households:cause.${household.monitored.cause}`),
      tail: household.bankAccount?.state.name === 'usable' ? household.bankAccount.tail : undefined,
      chip:
        household.state.name === 'draft'
          ? { family: 'waiting', word: t('states:waiting.confirmation') }
          : { family: 'done', word: t('states:done.active') },
    })),
    places: placesToChoose(ctx),
    groups: monitoredGroups.map((value) => ({ value, label: t(`households:group.${value}`) })),
    mayRegister,
    offersToRegister: mayRegister && (!isFiltered || looksLikePerson(filters.q ?? '')),
    isFiltered,
  };
}

const nameShape = /^[\p{L}\p{M}·. '’-]+$/u;
const idShape = /^(\d{15}|\d{17}[\dX])$/;

/** Whether the words could be a name or an ID number: only then a household with them may be one that nobody has registered yet. */
function looksLikePerson(q: string): boolean {
  return nameShape.test(halfWidth(q).trim()) || idShape.test(bareCode(q));
}

/** Townships with their villages below them; villages without their township, as a cadre has them, by their full names. */
function placesToChoose(ctx: Context) {
  const places = divisionsWithin(...reachOf(ctx.actor, 'household.read')).filter(({ code }) => levelOf(code) !== 'county');
  const codes = new Set<string>(places.map(({ code }) => code));
  return places.map(({ code }) => {
    const isBelow = codes.has(parentOf(code) ?? '');
    return { value: code, label: isBelow ? `　${divisionName(code, ctx.locale)}` : divisionFullName(code, ctx.locale) };
  });
}
