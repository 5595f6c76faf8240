/** Funds: under which restriction each yuan lies, and on what ground the public may be asked for more. */

export type { Certificate } from './certificate.model';
export type { FiledPlan, GivingWay } from './filed-plan.model';
export { findPoolsFor, firstUseOf } from './find-pools-for';
export { bank, mainBank, provider, restriction } from './funds.accounts';
export { type GivingBasis, givingBasis, givingIsOpen } from './giving-basis';
export { type Cause, causes, isPurpose, type Purpose, purposes, purposesServing } from './purposes';
export { certificateInput, filedPlanInput, recordCertificate, recordFiledPlan } from './record-papers';
export { type Payment, poolsFor, type Restriction, restrictionOf, restrictionPool, satisfies } from './restrictions';
