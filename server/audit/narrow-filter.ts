import type { Context } from '../kernel/context';
import type { AuditFilters } from './audit.inputs';
import type { AuditFilter } from './find-audit-events';
import type { AuditSubject } from './recorded';

/** So many people at most are looked for at once: whoever is called by one letter is asked to be named better. */
export const mostPeople = 50;

/** How the rooms above find what was typed. */
export interface AuditSearch {
  /** People by name, sound, account or the end of the phone number: masked names by id. */
  people(ctx: Context, typed: string, most: number): Promise<ReadonlyMap<string, string>>;
  /** The documents that bear a number, within the reader's reach. */
  numbered(ctx: Context, typed: string): Promise<readonly AuditSubject[]>;
}

/** The filter that the typed one means, and whom and what it found. */
export interface Narrowed {
  filter: AuditFilter;
  people?: ReadonlyMap<string, string>;
  subjects?: readonly AuditSubject[];
}

/** What is typed about a person or a document becomes ids; nobody and nothing found selects no event, rather than all. */
export async function narrowFilter(ctx: Context, filters: AuditFilters, search: AuditSearch): Promise<Narrowed> {
  const { who, number, view, what, actor, subjectType, subjectId, from, to } = filters;
  const [people, subjects] = await Promise.all([
    who === undefined ? undefined : search.people(ctx, who, mostPeople),
    number === undefined ? undefined : search.numbered(ctx, number),
  ]);
  return {
    filter: {
      ...{ what, actor, subjectType, subjectId, from, to, seen: view === 'seen' },
      ...(people && { actors: [...people.keys()] }),
      ...(subjects && { subjects }),
    },
    ...(people && { people }),
    ...(subjects && { subjects }),
  };
}
