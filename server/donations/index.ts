/** Donations: who gives, by which way, what arrived, and where it went. */

export { gift } from './donations.accounts';
export { donationsRoutes } from './donations.routes';
export { giftArrived } from './donations.topics';
export { donationsTruths } from './donations.truths';
export { giftNumberOfTransfer } from './find-gifts';
export { type GivenByKind, giftsByKind } from './gifts-by-kind';
export { type Giving, prepareGiving } from './giving';
export { giftPageOfLot } from './ledger-names';
export { openGift } from './open-gift';
export { receiveGift } from './receive-gift';
export { reconcileOpenGifts } from './reconcile-open-gifts';
export { reconcileProvider } from './reconcile-provider';
export { recordBankGift } from './record-bank-gift';
export { registerDonor } from './register-donor';
export { prepareThanking, type Thanking, thankDonor } from './thank-donor';
export { traceGift } from './trace-gift';
