import type { Context } from '../kernel/context';
import { addDays, type LocalDate, startOfDay } from '../kernel/local-date';
import { anyOf, operator } from '../platform/mongo/operators';
import { type Page, pageOf } from '../platform/mongo/page-of';
import type { PageRequest } from '../platform/validation/types';
import { AuditEvent } from './audit-event.model';
import type { AuditSubject } from './recorded';

export interface AuditFilter {
  what?: string | undefined;
  actor?: string | undefined;
  /** Only by one of these; none of them by nobody. */
  actors?: readonly string[];
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  /** Only to one of these. */
  subjects?: readonly AuditSubject[];
  /** Shanghai days, both included. */
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  /** Only events in which somebody saw personal data in full. */
  seen?: boolean | undefined;
}

/**
 * Audit events of the county, newest first; those of one instant by their ids, which are in the order of writing. Who may read them is for the guard of the route: auditor and
 * administrator, whole county.
 */
export function findAuditEvents(ctx: Pick<Context, 'ledger'>, filter: AuditFilter, page: PageRequest): Promise<Page<AuditEvent>> {
  return pageOf(AuditEvent, { filter: conditions(ctx, filter), order: { at: -1 } }, page);
}

/** How many events the filter selects, counted up to `most`: beyond it the list only says "more than". */
export function countAuditEvents(ctx: Pick<Context, 'ledger'>, filter: AuditFilter, most = 10_000): Promise<number> {
  return AuditEvent.countDocuments(conditions(ctx, filter), { limit: most });
}

/** What has ever happened in the county, by name: for the filter. The index answers it without reading events. */
export async function findKindsOfEvent(ctx: Pick<Context, 'ledger'>): Promise<string[]> {
  const found = await AuditEvent.distinct('what', { ledger: ctx.ledger });
  return found.sort();
}

function conditions(ctx: Pick<Context, 'ledger'>, { what, actor, actors, subjectType, subjectId, subjects, from, to, seen }: AuditFilter) {
  const at = { ...(from && { $gte: startOfDay(from) }), ...(to && { $lt: startOfDay(addDays(to, 1)) }) };
  const among = [...(actors ? [{ actor: anyOf([...actors]) }] : []), ...(subjects ? [amongSubjects(subjects)] : [])];
  return {
    ledger: ctx.ledger,
    ...(among.length > 0 && { $and: among }),
    ...(what && { what }),
    ...(actor && { actor }),
    ...(subjectType && { subjectType }),
    ...(subjectId && { subjectId }),
    ...(seen && { saw: operator({ $exists: true }) }),
    ...((from || to) && { at: operator(at) }),
  };
}

/** A branch for each document, so that each is read from its own place in the index. */
function amongSubjects(subjects: readonly AuditSubject[]): Record<string, unknown> {
  if (subjects.length === 0) return { subjectId: anyOf([]) };
  return { $or: subjects.map(({ type, id }) => ({ subjectType: type, subjectId: id })) };
}
