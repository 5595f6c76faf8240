import type { Context } from '../kernel/context';
import { addDays, type LocalDate, startOfDay } from '../kernel/local-date';
import { operator } from '../platform/mongo/operators';
import { type Page, pageOf } from '../platform/mongo/page-of';
import type { PageRequest } from '../platform/validation/types';
import { AuditEvent } from './audit-event.model';

export interface AuditFilter {
  what?: string | undefined;
  actor?: string | undefined;
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  /** Shanghai days, both included. */
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  /** Only events in which somebody saw personal data in full. */
  seen?: boolean | undefined;
}

/** Audit events of the county, newest first. Who may read them is for the guard of the route: auditor and administrator, whole county. */
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

function conditions(ctx: Pick<Context, 'ledger'>, { what, actor, subjectType, subjectId, from, to, seen }: AuditFilter) {
  const at = { ...(from && { $gte: startOfDay(from) }), ...(to && { $lt: startOfDay(addDays(to, 1)) }) };
  return {
    ledger: ctx.ledger,
    ...(what && { what }),
    ...(actor && { actor }),
    ...(subjectType && { subjectType }),
    ...(subjectId && { subjectId }),
    ...(seen && { saw: operator({ $exists: true }) }),
    ...((from || to) && { at: operator(at) }),
  };
}
