/**
 * The books: one double-entry ledger for money, points and goods. Post through {@link post}; read through the statements. It knows
 * nothing of the rooms above: they register their accounts and kinds of entry with `defineAccounts`, `definePools` and `defineKind`.
 */

export { accountOf, allowance, allowanceGranted, grantAllowance, useAllowance } from './allowance';
export {
  type AccountCode,
  accountClassNames,
  chartEntry,
  classNameOf,
  defineAccounts,
  defineKind,
  definePools,
  defineSeries,
  kindNames,
  type PoolCode,
  type Series,
  type Unit,
} from './chart';
export { dayOfEntry } from './day-of-entry';
export {
  type AccountView,
  balanceAt,
  balanceOf,
  drawableFrom,
  drawableFromEach,
  findAccountOrThrow,
  findAccounts,
  findAccountsOfClass,
  findLotsPast,
  findOpenLots,
  findPools,
} from './find-accounts';
export {
  bookStands,
  type EntryView,
  findEntries,
  findEntryByKey,
  findEntryOrThrow,
  findLinesOfDays,
  findReversalOf,
  findStatementLines,
  lastSeqOf,
  type StatementLine,
  sumPeriod,
} from './find-entries';
export { followLots, type LotTrace, type LotUse } from './follow-lot';
export { ledgerTruths } from './ledger.truths';
export {
  accountLabels,
  documentLabels,
  type Label,
  nameAccounts,
  nameDocuments,
  nameOrigins,
  nameUnits,
  originLabels,
  unitLabels,
} from './names';
export { documentsNumbered, findByNumber, numberDocuments, readDay, readForeignNumber, readNumber } from './numbered';
export { atOneMoment, type Moment } from './one-moment';
export { closeLedger, openLedger, post } from './open-ledger';
export { findPoolsOfClass, type PoolBalance, sumOpenByPoolBefore } from './pools-of-class';
export {
  credit,
  type Draw,
  type DrawnLot,
  debit,
  type EnsuredPosting,
  type Leg,
  type NewLot,
  type Posted,
  type Posting,
  type StoredLeg,
} from './posting';
export { isRefused, LedgerConflict, LedgerRefused, LedgerUnknown } from './refusal';
export { type KindSums, sumAccountBy } from './sum-account-by';
export { changesByEntry, findPoolLines, type PoolSums, sumPoolsBy } from './sum-pools-by';
export { findLotsOfOrigin, lastFills, linesOfUses, type OriginLine, type OriginTrace, traceOrigins } from './trace-origins';
export { type TrialRow, trialBalance, trialBalanceAt, trialBalanceOf } from './trial-balance';
