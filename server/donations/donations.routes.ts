import { campaignRoutes } from './campaigns/campaign.routes';
import { counterRoutes } from './counter/counter.routes';
import { counterDayRoutes } from './counter/counter-day.routes';
import { slipRoutes } from './counter/slip.routes';
import './campaigns/campaigns.labels';
import { donorRoutes } from './donor.routes';
import { giveRoutes } from './give.routes';
import type { Giving } from './giving';
import './counter/counter.labels';
import './goods/goods.labels';
import './ledger-names';
import './provider-money/source-names';
import type { Limiter } from '../platform/http/rate-limit';
import type { Routes } from '../platform/http/routes';
import { goodsRoutes } from './goods/goods.routes';
import { offerRoutes } from './goods/offer.routes';
import { photoRoutes } from './goods/photo.routes';
import { memberRoutes } from './members/members.routes';
import { mergeRoutes } from './merges/merges.routes';
import { monthlyRoutes } from './monthly/monthly.routes';
import { parkedPaymentRoutes } from './parked.routes';
import { ownPledgeRoutes } from './pledges/own-pledges.routes';
import { pledgeRoutes } from './pledges/pledges.routes';
import { providerMoneyRoutes } from './provider-money/provider-money.routes';
import { receiptRoutes } from './receipts/receipts.routes';
import { refundRoutes } from './refunds/refunds.routes';
import { rosterRoutes } from './rosters/roster.routes';
import './rosters/rosters.labels';
import { staffGiftRoutes } from './staff.routes';
import { statementRoutes } from './statements/statement.routes';
import { withdrawalRoutes } from './withdrawals/withdrawals.routes';

interface DonationsSetup {
  giving: Giving | undefined;
  publicBaseUrl: string;
  limiter: Limiter;
  /** Whether the code that signs is shown beside its field. */
  demo?: boolean;
}

/** All pages of the room: giving, the organisations' own pages, and the staff's. `giving` is absent where no cards or wallets are taken. */
export function donationsRoutes(setup: DonationsSetup): readonly Routes[] {
  const parts = { giving: setup.giving, demo: setup.demo ?? false };
  return [
    giveRoutes(setup),
    monthlyRoutes(setup),
    donorRoutes(setup),
    staffGiftRoutes(),
    pledgeRoutes(),
    ownPledgeRoutes(),
    mergeRoutes(),
    parkedPaymentRoutes(parts),
    refundRoutes(parts),
    providerMoneyRoutes(),
    offerRoutes(setup),
    photoRoutes(setup),
    goodsRoutes(),
    counterRoutes(),
    slipRoutes(),
    counterDayRoutes(),
    rosterRoutes(parts),
    campaignRoutes(parts),
    ...receiptRoutes(setup),
    statementRoutes(),
    withdrawalRoutes(setup),
    memberRoutes(setup),
  ];
}
