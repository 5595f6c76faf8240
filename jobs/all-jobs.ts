import { prepareGiving } from '../server/donations';
import type { Config } from '../server/platform/config/config';
import type { Job } from '../server/platform/queues/job';
import endCampaigns from './end-campaigns';
import endNotices from './end-notices';
import expirePoints from './expire-points';
import followPledges from './follow-pledges';
import fundAlarm from './fund-alarm';
import giftArrived from './gift-arrived';
import giftReturned from './gift-returned';
import giftTakenBack from './gift-taken-back';
import goodsDecided from './goods-decided';
import importStatement from './import-statement';
import instalmentDue from './instalment-due';
import issueReceipts from './issue-receipts';
import matchBankLines from './match-bank-lines';
import monthlyMoved from './monthly-moved';
import noticeEnded from './notice-ended';
import paymentMoved from './payment-moved';
import providerTold from './provider-told';
import receiptToSend from './receipt-to-send';
import reconcileGifts from './reconcile-gifts';
import reconcileProvider from './reconcile-provider';
import reserveWaiting from './reserve-waiting';
import rosterConfirmed from './roster-confirmed';
import rosterTakenBack from './roster-taken-back';
import watchFunds from './watch-funds';

/** Every job of the county. A job that is not here does not run. */
export async function allJobs(config: Config): Promise<readonly Job[]> {
  const giving = await prepareGiving(config);
  return [
    noticeEnded,
    paymentMoved,
    endNotices,
    endCampaigns,
    expirePoints,
    reserveWaiting,
    importStatement,
    matchBankLines,
    rosterConfirmed,
    rosterTakenBack,
    reconcileGifts(giving),
    reconcileProvider(giving),
    providerTold(giving),
    await giftArrived(config),
    giftReturned,
    giftTakenBack(giving),
    await goodsDecided(config),
    await monthlyMoved(config),
    followPledges,
    await instalmentDue(config),
    watchFunds,
    await fundAlarm(config),
    issueReceipts,
    await receiptToSend(config),
  ];
}
