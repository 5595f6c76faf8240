/** Who did what and saw what: written in the commit of the deed, read by auditors. */
export { auditRoutes } from './audit.routes';
export type { AuditEvent } from './audit-event.model';
export type { AuditFacts } from './facts';
export { findAuditEvents } from './find-audit-events';
export { machineName } from './machine-name';
export { recorded, sawPersonalData } from './recorded';
