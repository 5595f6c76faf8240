/** Who lives together, what they had, how they are reached and paid: the registry that all other rooms ask. */

export { bankAccountFailed } from './bank-account-failed';
export { blockCard } from './block-card';
export { cardDigits } from './card-number';
export { checkBankAccount } from './check-bank-account';
export { confirmHousehold } from './confirm-household';
export { enterBankAccount } from './enter-bank-account';
export {
  cardBlockedSince,
  countHouseholds,
  findHouseholdByCard,
  findHouseholdOrThrow,
  findHouseholds,
  householdsById,
  householdsBySurrogate,
} from './find-households';
export { findSignedStatement } from './find-statements';
export { Household, type MonitoredGroup } from './household.model';
export { showCasesOfHouseholds } from './household-aid';
export { withinReach } from './household-reach';
export { householdsRoutes } from './households.routes';
export {
  deductMigrantCosts,
  incomeLossFloor,
  incomeStatementAge,
  incomeWindowMode,
  monitoringLine,
  povertyLine,
} from './households.settings';
export { type IncomeItem, type IncomeSource, incomeSources } from './income-sources';
export type { IncomeStatement } from './income-statement.model';
export { type IncomeWindow, incomeWindow } from './income-window';
export { issueCard } from './issue-card';
export { labelsByHousehold } from './labels-by-household';
export { maskedHousehold, shownName } from './masked-household';
export { monitorHousehold } from './monitor-household';
export { isBelowLine, netIncome } from './net-income';
export { assertNotOwnHousehold, isOwnHousehold } from './own-household';
export { payeeOf } from './payee';
export { registerHousehold } from './register-household';
export { signIncome } from './sign-income';
export { stateIncome } from './state-income';
export { unmask } from './unmask';
export { verifyIncome } from './verify-income';
export { verifyPin } from './verify-pin';
