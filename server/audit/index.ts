/** Who did what and saw what: written in the commit of the deed, read by auditors. */
export { auditRoutes } from './audit.routes';
export type { AuditEvent, AuditFacts } from './audit-event.model';
export type { AuditNames, SubjectLabel } from './audit-page';
export { type AuditFilter, countAuditEvents, findAuditEvents } from './find-audit-events';
export { type AuditSubject, recorded, sawPersonalData } from './recorded';
