/** Donations: who gives, by which way, what arrived, and where it went. */

export { gift } from './donations.accounts';
export { type BankGiftInput, bankGiftFields } from './donations.inputs';
export { donationsRoutes } from './donations.routes';
export { giftArrived } from './donations.topics';
export { donationsTruths } from './donations.truths';
export { giftNumberOfTransfer } from './find-gifts';
export { type GivenByKind, giftsByKind } from './gifts-by-kind';
export { type Giving, prepareGiving } from './giving';
export { openGift } from './open-gift';
export { confirmRange, enterRange } from './receipts/enter-range';
export { issueOnArrival, issueReceipt, issueWaitingReceipts } from './receipts/issue-receipt';
export { receiptToSend } from './receipts/receipts.topics';
export { tellOfReceipt } from './receipts/tell-of-receipt';
export { askVoiding, confirmVoiding } from './receipts/void-receipt';
export { receiveGift } from './receive-gift';
export { reconcileOpenGifts } from './reconcile-open-gifts';
export { reconcileProvider } from './reconcile-provider';
export { recordBankGift } from './record-bank-gift';
export { registerDonor } from './register-donor';
export { prepareThanking, type Thanking, thankDonor } from './thank-donor';
export { giftsNumbered, giftsOfTransfers, giftsToChoose, type TransferGift } from './transfers/find-transfer-gifts';
export { onlineMoneyOf } from './transfers/online-money';
export { receiveTransfer } from './transfers/receive-transfer';
