import type { Response } from 'express';
import type { Guard } from '../platform/http/guard';
import { filterFaults, filtersOf } from '../platform/http/list-url';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { parseInput } from '../platform/validation/field-issues';
import { z } from '../platform/validation/zod';
import { auditFilters, auditQuery } from './audit.inputs';
import type { AuditEvent } from './audit-event.model';
import { type AuditNames, auditPage } from './audit-page';
import { findAuditEvents } from './find-audit-events';
import { narrowFilter } from './narrow-filter';

const fact = z.record(z.string(), z.union([z.string(), z.number()]));
const eventView = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    what: z.string().openapi({ example: 'household.confirmed' }),
    actor: z.string(),
    token: z.string().optional().openapi({ description: 'The access token by which a program did it for the actor' }),
    subject: z.object({ type: z.string(), id: z.string() }),
    reason: z.string().optional(),
    saw: z.array(z.string()).optional(),
    before: fact.optional(),
    after: fact.optional(),
  })
  .openapi('AuditEvent');

/** The list of events for auditor and administrator. The room lies below people, so its guard and all names come from above. */
export function auditRoutes(read: Guard, names: AuditNames): Routes {
  const room = routes();

  room.get('/audit', read, async (req, res: Response) => {
    const page = await auditPage(req.ctx, res.locals['t'] as Translate, filtersOf(auditFilters, req), names, req);
    res.render('audit/events', { ...page, ...filterFaults(auditFilters, req) });
  });

  room.get('/api/v1/audit-events', read, async (req, res) => {
    const filters = parseInput(auditFilters, req.query); // a program is told what is wrong
    const { filter } = await narrowFilter(req.ctx, filters, names);
    const { rows, next } = await findAuditEvents(req.ctx, filter, filters);
    res.json({ events: rows.map(viewOf), ...(next !== undefined && { next }) });
  });
  room.describe({
    method: 'get',
    path: '/api/v1/audit-events',
    summary: 'Who did what and saw what, newest first',
    guard: read.guard,
    input: auditQuery,
    answer: {
      status: 200,
      description: 'A page of events; `next` is `after` of the next page',
      schema: z.object({ events: z.array(eventView), next: z.string().optional() }),
    },
  });

  return room;
}

function viewOf({
  _id,
  at,
  what,
  actor,
  token,
  subjectType,
  subjectId,
  reason,
  saw,
  before,
  after,
}: AuditEvent): z.output<typeof eventView> {
  return {
    id: _id,
    at: at.toISOString(),
    what,
    actor,
    ...(token !== undefined && { token }),
    subject: { type: subjectType, id: subjectId },
    ...(reason !== undefined && { reason }),
    ...(saw !== undefined && { saw: saw.split(' ') }),
    ...(before && { before }),
    ...(after && { after }),
  };
}
