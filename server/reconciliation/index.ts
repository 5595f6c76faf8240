/** Reconciliation: what the bank and the provider say against what the book says, line by line, and the close of each day. */
export { closeFigures } from './close/close-figures';
export { signDay } from './close/sign-day';
export { ignoreLine } from './queue/decide-line';
export { matchOpenLines } from './queue/match-open-lines';
export { reconciliationRoutes } from './reconciliation.routes';
export { importAsked } from './reconciliation.topics';
export { reconciliationTruths } from './reconciliation.truths';
export { bringStatement } from './statements/bring-statement';
export { askImport, importStatement } from './statements/import-statement';
