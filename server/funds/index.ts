/** Funds: under which restriction each yuan lies, from where it came, and on what ground the public may be asked for more. */

export { BankReceipt, bankReceiptId } from './bank-receipt.model';
export { budgetRoutes } from './budgets/budget.routes';
export { fundAlarmRaised } from './budgets/budgets.topics';
export { confirmBudget, proposeBudget } from './budgets/set-budget';
export { prepareAlarming, tellAlarm } from './budgets/tell-alarm';
export { watchFunds } from './budgets/watch-funds';
export { leastCell } from './disclosure/least-cell';
export { findPoolsFor, firstUseOf } from './find-pools-for';
export { bank, gift, mainBank, provider, restriction } from './funds.accounts';
export { fundsRoutes } from './funds.routes';
export { recordIncome } from './incomes/record-income';
export type { Need } from './overview/match-needs';
export { tellNeeds } from './overview/needs';
export { confirmPaper } from './papers/confirm-paper';
export { type Papers, papersFrom, papersNamed } from './papers/find-papers';
export { firstDayOfGiving, type GivingBasis, givingBasis, givingIsOpen } from './papers/giving-basis';
export { paperRoutes } from './papers/papers.routes';
export { proposeCertificate, proposeFiledPlan } from './papers/propose-paper';
export { placesIn } from './places-in';
export { changeRoutes } from './purpose-changes/change.routes';
export { findConfirmedChangesOf } from './purpose-changes/find-changes';
export { fundOf, type Purpose, publicPurposes, purposes, tellsCause } from './purposes';
export { restrictionWords } from './restriction-words';
export { poolsFor, type Restriction, restrictionOf, restrictionPool, satisfies } from './restrictions';
export { columnOf } from './statement/columns';
export { findStatement } from './statement/find-statement';
export { countUses } from './statement/uses-by-purpose';
