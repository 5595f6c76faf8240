import type { Context } from '../../kernel/context';
import { addDays, daysBetween, type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import type { Role } from '../../kernel/roles';
import { listUrl } from '../../platform/http/list-url';
import type { Translate } from '../../platform/i18n/translator';
import { countPeople, findPeople } from '../find-people-list';
import { type PeopleFilters, peopleViews } from '../identity.inputs';
import { isLive, isWaiting } from '../live-grants';
import { may } from '../permissions';
import { scopeChoices, scopeNames } from '../scope-names';
import type { User } from '../user.model';
import { factorOf, stateChip } from './person-view';

/** Roles that an administrator gives; donors and families get theirs where they register. */
const staffRoles: readonly Role[] = [
  'villageCadre',
  'townshipOfficer',
  'departmentOfficer',
  'fundManager',
  'financeOfficer',
  'shopClerk',
  'auditor',
  'countyAdmin',
];
const soonDays = 40;
const awayDays = 90;

/** The list of people with its tabs and filters, and the form that invites one more. */
export async function peoplePage(ctx: Context, t: Translate, filters: PeopleFilters, request: { originalUrl: string }) {
  const [page, counts, form] = await Promise.all([findPeople(ctx, filters), countPeople(ctx, filters), grantForm(ctx, t)]);
  const nameOf = await scopeNames(
    ctx,
    page.rows.flatMap(({ grants }) => grants),
  );
  return {
    layout: 'staff',
    filters,
    counts,
    views: peopleViews.map((view) => ({
      href: listUrl(request, { view: view === 'all' ? undefined : view, seen: undefined }),
      label: t(`identity:people.view.${view}`),
      count: counts[view],
      current: view === filters.view,
    })),
    rows: page.rows.map((user) => rowOf(ctx, t, user, nameOf)),
    paging: {
      from: filters.seen + 1,
      to: filters.seen + page.rows.length,
      total: counts[filters.view],
      next: page.next && listUrl(request, { after: page.next, seen: String(filters.seen + page.rows.length) }),
    },
    mayInvite: may(ctx.actor, 'people.invite'),
    ...form,
  };
}

function rowOf(ctx: Context, t: Translate, user: User, nameOf: (grant: { role: Role; scope: string }) => string) {
  const today = shanghaiDay(ctx.clock.now());
  const shown = user.grants.filter((grant) => isLive(grant, today) || isWaiting(grant, today));
  const lastDay = user.lastSignInAt && shanghaiDay(user.lastSignInAt);
  const isGone = user.state.name === 'deactivated';
  return {
    href: `/people/${user._id}`,
    name: user.nameMasked,
    mobile: user.mobileMasked,
    grants: shown.map((grant) => ({
      role: t(`identity:role.${grant.role}`),
      place: nameOf(grant),
      until: grant.until,
      isWaiting: isWaiting(grant, today),
      isSoon: grant.until !== undefined && grant.until <= addDays(today, soonDays),
    })),
    lastSignInAt: user.lastSignInAt,
    isAway: !isGone && lastDay !== undefined && daysBetween(lastDay as LocalDate, today) >= awayDays,
    factor: isGone ? undefined : factorOf(ctx, user),
    resetWaits: !isGone && user.factorReset !== undefined,
    chip: stateChip(t, user.state.name),
  };
}

/** What a form that gives a role offers. `requestKey` makes a repeated click one. */
export async function grantForm(ctx: Context, t: Translate) {
  const choices = await Promise.all(staffRoles.map((role) => scopeChoices(ctx, role)));
  const scopes = new Map(choices.flat().map(({ id, name }) => [id, name]));
  return {
    requestKey: randomId(ctx.random, 'req'),
    roles: staffRoles.map((role) => ({ value: role, label: t(`identity:role.${role}`), can: t(`identity:can.${role}`) })),
    scopes: [...scopes].map(([value, label]) => ({ value, label })).sort((a, b) => (a.value < b.value ? -1 : 1)),
  };
}
