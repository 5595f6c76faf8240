/**
 * The books: one double-entry ledger for money, points and goods. Post through {@link post}; read through the statements. It knows
 * nothing of the rooms above: they register their accounts and kinds of entry with `defineAccounts`, `definePools` and `defineKind`.
 */

export { accountOf, allowance, allowanceGranted, grantAllowance, useAllowance } from './allowance';
export {
  type AccountCode,
  defineAccounts,
  defineKind,
  definePools,
  defineSeries,
  type Kind,
  type PoolCode,
  type Series,
} from './chart';
export { type AccountView, balanceOf, drawableFrom, findAccounts, findLotsPast, findOpenLots, findPools } from './find-accounts';
export { type EntryView, findEntryByKey, findReversalOf } from './find-entries';
export { followLot, type LotTrace, type LotUse } from './follow-lot';
export { ledgerTruths } from './ledger.truths';
export { type Label, nameAccounts, nameDocuments } from './names';
export { closeLedger, openLedger, post } from './open-ledger';
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
  type Tags,
} from './posting';
export { isRefused, LedgerConflict, LedgerRefused, LedgerUnknown, type RefusalCode } from './refusal';
