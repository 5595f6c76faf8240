import { donorRoutes } from './donor.routes';
import { giveRoutes } from './give.routes';
import type { Giving } from './giving';
import './ledger-names';
import type { Limiter } from '../platform/http/rate-limit';
import type { Routes } from '../platform/http/routes';
import { memberRoutes } from './members/members.routes';
import { mergeRoutes } from './merges/merges.routes';
import { parkedPaymentRoutes } from './parked.routes';
import { providerMoneyRoutes } from './provider-money/provider-money.routes';
import { receiptRoutes } from './receipts/receipts.routes';
import { refundRoutes } from './refunds/refunds.routes';
import { staffGiftRoutes } from './staff.routes';
import { statementRoutes } from './statements/statement.routes';

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
    donorRoutes(setup),
    staffGiftRoutes(),
    mergeRoutes(),
    parkedPaymentRoutes(parts),
    refundRoutes(parts),
    providerMoneyRoutes(),
    ...receiptRoutes(setup),
    statementRoutes(),
    memberRoutes(setup),
  ];
}
