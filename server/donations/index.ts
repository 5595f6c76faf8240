/** Donations: who gives, by which way, what arrived, and where it went. */

export { gift } from './donations.accounts';
export { bankGiftInput, giveInput, registerDonorInput } from './donations.inputs';
export { donationsRoutes } from './donations.routes';
export { giftArrived } from './donations.topics';
export { donationsTruths } from './donations.truths';
export { type DonorKind, donorKinds, massOrganisations } from './donor-kinds';
export { type GivenByKind, giftsByKind } from './gifts-by-kind';
export { type Giving, prepareGiving } from './giving';
export { openGift } from './open-gift';
export { payOnline } from './pay-online';
export { type Arrival, receiveGift } from './receive-gift';
export { reconcileOpenGifts } from './reconcile-open-gifts';
export { recordBankGift } from './record-bank-gift';
export { recordProviderEvent } from './record-provider-event';
export { registerDonor } from './register-donor';
export { returnFromPayment } from './return-from-payment';
export { prepareThanking, type Thanking, thankDonor } from './thank-donor';
export { type GiftTrace, type GiftUse, traceGift } from './trace-gift';
