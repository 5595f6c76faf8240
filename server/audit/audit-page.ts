import type { Context } from '../kernel/context';
import type { Grant } from '../kernel/roles';
import { listUrl } from '../platform/http/list-url';
import type { Translate } from '../platform/i18n/translator';
import type { AuditFilters } from './audit.inputs';
import type { AuditEvent } from './audit-event.model';
import { changesOf, type FactWords } from './fact-text';
import { grantsIn } from './facts';
import { countAuditEvents, findAuditEvents, findKindsOfEvent } from './find-audit-events';
import { groupKinds } from './kind-groups';
import { machineName } from './machine-name';
import { type AuditSearch, mostPeople, narrowFilter } from './narrow-filter';
import type { AuditSubject } from './recorded';

/** A document as pages show it. */
export interface SubjectLabel {
  text: string;
  href?: string;
}

/** What higher rooms know: people's masked names by id, documents by `type/id`. */
export interface AuditNames extends AuditSearch {
  actors(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  subjects(ctx: Context, t: Translate, subjects: readonly AuditSubject[]): Promise<ReadonlyMap<string, SubjectLabel>>;
  /** Names of places, shops, organisations and households that a grant or a setting is for. */
  scopes(ctx: Context, grants: readonly Grant[]): Promise<FactWords['scopeName']>;
  settingValue: FactWords['settingValue'];
}

const mostCounted = 10_000;

/** So many facts stand in the row of an event; more are opened. */
const shownAtOnce = 2;

/** The list of what was done and seen, newest first. */
export async function auditPage(ctx: Context, t: Translate, filters: AuditFilters, names: AuditNames, request: { originalUrl: string }) {
  const { filter, people, subjects: numbered } = await narrowFilter(ctx, filters, names);
  const [page, total, kinds] = await Promise.all([
    findAuditEvents(ctx, filter, filters),
    countAuditEvents(ctx, filter, mostCounted),
    findKindsOfEvent(ctx),
  ]);
  const subjects = page.rows.map(({ subjectType, subjectId }) => ({ type: subjectType, id: subjectId }));
  const grants = page.rows.flatMap(({ before = {}, after = {} }) => [...grantsIn(before), ...grantsIn(after)]);
  const [actors, labels, scopeName] = await Promise.all([
    names.actors(
      ctx,
      page.rows.map(({ actor }) => actor),
    ),
    names.subjects(ctx, t, subjects),
    names.scopes(ctx, grants),
  ]);
  const words = { t, locale: ctx.locale, scopeName, settingValue: names.settingValue };
  const shown = filters.seen + page.rows.length;
  return {
    layout: 'staff',
    filters,
    views: (['all', 'seen'] as const).map((view) => ({
      href: listUrl(request, { view: view === 'all' ? undefined : view, seen: undefined }),
      label: t(`audit:view.${view}`),
      current: view === filters.view,
    })),
    found: foundBy(people, numbered, request),
    kinds: groupKinds(kinds).map(({ group, kinds }) => ({
      label: t(`audit:group.${group}`),
      options: kinds.map((what) => ({ value: what, label: t(`kinds:${what}`) })),
    })),
    rows: page.rows.map((event) => rowOf(words, event, actors, labels, request)),
    paging: {
      from: filters.seen + 1,
      to: shown,
      total: Math.max(total, shown),
      next: page.next && listUrl(request, { after: page.next, seen: String(shown) }),
    },
  };
}

/** What was found for what was typed: whom to choose from where several are called so, and that nobody or nothing is. */
function foundBy(
  people: ReadonlyMap<string, string> | undefined,
  numbered: readonly AuditSubject[] | undefined,
  request: { originalUrl: string },
) {
  return {
    nobody: people?.size === 0,
    nothing: numbered?.length === 0,
    several: people !== undefined && people.size > 1,
    tooMany: people?.size === mostPeople ? mostPeople : undefined,
    people: [...(people ?? [])].map(([id, name]) => ({
      name,
      href: listUrl(request, { actor: id, who: undefined, seen: undefined, after: undefined }),
    })),
  };
}

function rowOf(
  words: FactWords,
  event: AuditEvent,
  actors: ReadonlyMap<string, string>,
  labels: ReadonlyMap<string, SubjectLabel>,
  request: { originalUrl: string },
) {
  const { t } = words;
  const { subjectType, subjectId } = event;
  const changes = changesOf(words, event);
  return {
    at: event.at,
    what: t(`kinds:${event.what}`),
    byProgram: event.token !== undefined,
    who: actors.get(event.actor) ?? machineName(t, event.actor),
    actorHref: listUrl(request, { actor: event.actor, seen: undefined }),
    subject: labels.get(`${subjectType}/${subjectId}`) ?? { text: t('audit:someDocument') },
    subjectHref: listUrl(request, { subjectType, subjectId, seen: undefined }),
    reason: event.reason,
    saw: event.saw
      ?.split(' ')
      .map((field) => t(`households:field.${field}`))
      .join(t('facts:and')),
    changes,
    isLong: changes.length > shownAtOnce,
  };
}
