/** Donations: who gives, by which way, what arrived, and where it went. */

export { draftCampaign } from './campaigns/draft-campaign';
export { endCampaigns, openCampaign } from './campaigns/open-campaign';
export { beginCount, countCash, explainDifference, seeDifference } from './counter/close-counter-day';
export { depositCash, receiveDeposit } from './counter/deposit-cash';
export { type DepositInTransit, findDepositsInTransit } from './counter/find-counters';
export { openCounter } from './counter/open-counter';
export { takeCash } from './counter/take-cash';
export { askVoidSlip, confirmVoidSlip } from './counter/void-slip';
export { gift } from './donations.accounts';
export { donationsRoutes } from './donations.routes';
export { giftArrived, giftReturned, giftTakenBack, providerTold } from './donations.topics';
export { donationsTruths } from './donations.truths';
export { type DonorKind, donorKinds, type MassOrganisationKind, massOrganisations } from './donor-kinds';
export { oldestEventWaitsSeconds } from './event-inbox';
export { giftFaces } from './gift-faces';
export { type GivenByKind, giftsByKind } from './gifts-by-kind';
export { givenFor } from './give.inputs';
export { type Giving, prepareGiving } from './giving';
export { acceptGoods, inspectGoods, refuseGoods } from './goods/decide-goods';
export { givenGoods, goodsGift, goodsHeld } from './goods/goods.accounts';
export { goodsDecided } from './goods/goods.topics';
export { offerGoods } from './goods/offer-goods';
export { findGoodsToShelve, prepareShelving } from './goods/shelve-goods';
export { tellOfGoods } from './goods/tell-of-goods';
export { valueGoods } from './goods/value-goods';
export { inviteMember } from './members/invite-member';
export { proposeMerge } from './merges/propose-merge';
export { findMonthlyGift } from './monthly/find-monthly-gifts';
export { monthlyMoved } from './monthly/monthly.topics';
export { openMonthlyGift } from './monthly/open-monthly-gift';
export { payMonthly } from './monthly/pay-monthly';
export { lookAtMonthlyGift } from './monthly/reconcile-monthly';
export { tellOfMonthly } from './monthly/tell-of-monthly';
export { openGift } from './open-gift';
export { payOnline } from './pay-online';
export { awaitInstalment } from './pledges/await-instalment';
export { followPledge } from './pledges/follow-pledge';
export { followPledgeOfGift, followPledges } from './pledges/follow-pledges';
export { instalmentDue } from './pledges/pledges.topics';
export { recordPledge } from './pledges/record-pledge';
export { tellOfInstalment } from './pledges/tell-of-instalment';
export { nameBankLines } from './provider-money/bank-lines';
export { coverFees } from './provider-money/cover-by-operating';
export { closesToCarry, type HeldMovements, holdMovements } from './provider-money/movements-told';
export { onlineMoneyOf } from './provider-money/online-money';
export { uncovered, uncoveredFees } from './provider-money/provider-money.accounts';
export {
  closeDayOf,
  type ProviderItem,
  type ProviderRow,
  providerItemsBehind,
  providerItemsOf,
  providerRowOf,
} from './provider-money/provider-side';
export { type PublicGiving, publicGivingOf, publicGivingOfDonor, totalOfStatements } from './public/public-giving';
export { confirmRange, enterRange } from './receipts/enter-range';
export { issueOnArrival, issueReceipt, issueWaitingReceipts } from './receipts/issue-receipt';
export { receiptToSend } from './receipts/receipts.topics';
export { tellOfReceipt } from './receipts/tell-of-receipt';
export { askVoiding, confirmVoiding } from './receipts/void-receipt';
export { receiveGift } from './receive-gift';
export { reconcileOpenGifts } from './reconcile-open-gifts';
export { reconcileProvider } from './reconcile-provider';
export { recordBankGift } from './record-bank-gift';
export { settleEvent } from './record-provider-event';
export { isRefundToGo } from './refunds/find-refunds';
export { registerDonor } from './register-donor';
export { bringRoster } from './rosters/bring-roster';
export { confirmRoster } from './rosters/confirm-roster';
export { handInRoster } from './rosters/hand-in-roster';
export { rosterConfirmed, rosterTakenBack } from './rosters/rosters.topics';
export { releaseRoster } from './rosters/undo-roster';
export { writeRosterRows } from './rosters/write-rows';
export { type BankGiftInput, bankGiftFields, isMissing } from './staff.inputs';
export type { Period, StatementSums } from './statements/statement-row';
export { prepareThanking, type Thanking, thankDonor } from './thank-donor';
export { giftsNumbered, giftsOfTransfers, giftsToChoose, type TransferGift } from './transfers/find-transfer-gifts';
export { receiveTransfer } from './transfers/receive-transfer';
export { endSessionOfWithdrawn } from './withdrawals/end-session';
