import type { Routes } from '../platform/http/routes';
import { closeRoutes } from './close/close.routes';
import { queueRoutes } from './queue/queue.routes';
import { namePayoutsInBank, nameStatementsInLedger } from './reconciliation.labels';
import { statementRoutes } from './statements/statement.routes';

/** All pages of the room: the bank's statements, the queue of their lines, the close of each day. */
export function reconciliationRoutes(setup: { demo: boolean }): readonly Routes[] {
  nameStatementsInLedger();
  namePayoutsInBank();
  return [statementRoutes(), queueRoutes(), closeRoutes(setup)];
}
