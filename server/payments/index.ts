/** How approved money reaches a family's bank account: payables, batches, signatures, the bank's answers. */
export { batchHandsOf } from './batch-hands';
export { exportBatch } from './export-batch';
export { findPayable, linesOfPayable } from './find-payments';
export { importResult } from './import-result';
export { makeBatch } from './make-batch';
export { type HandledBy, Payable } from './payable.model';
export { payeesOfLines } from './payees-of-lines';
export { paymentMoved } from './payment-moved';
export { payable, transit } from './payments.accounts';
export { paymentsRoutes } from './payments.routes';
export { paymentsAreSingle } from './payments.truths';
export { recordBankAnswer } from './record-bank-answer';
export { payableWrite, voidingPayable } from './reserve-payable';
export { returnBatch } from './return-batch';
export { signBatch } from './sign-batch';
export { withdrawBatch } from './withdraw-batch';
