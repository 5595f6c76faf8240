/** Funds: under which restriction each yuan lies, and on what ground the public may be asked for more. */

export { findPoolsFor, firstUseOf } from './find-pools-for';
export { bank, mainBank, provider, restriction } from './funds.accounts';
export { firstDayOfGiving, type GivingBasis, givingBasis, givingIsOpen } from './giving-basis';
export { type Purpose, purposes } from './purposes';
export { recordCertificate, recordFiledPlan } from './record-papers';
export { poolsFor, type Restriction, restrictionOf, restrictionPool, satisfies } from './restrictions';
