import { on } from '../server/platform/queues/job';
import { importAsked, importStatement } from '../server/reconciliation';

/** A statement of the bank is to be taken in. */
export default on(importAsked, ({ statementId }, ctx) => importStatement(ctx, { statementId }));
