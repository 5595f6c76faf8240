import { donorRoutes } from './donor.routes';
import { giveRoutes } from './give.routes';
import type { Giving } from './giving';
import './ledger-names';
import type { Limiter } from '../platform/http/rate-limit';
import type { Routes } from '../platform/http/routes';
import { parkedPaymentRoutes } from './parked.routes';
import { receiptRoutes } from './receipts/receipts.routes';
import { staffGiftRoutes } from './staff.routes';

interface DonationsSetup {
  giving: Giving | undefined;
  publicBaseUrl: string;
  limiter: Limiter;
}

/** All pages of the room: giving, the organisations' own pages, and the staff's. `giving` is absent where no cards or wallets are taken. */
export function donationsRoutes(setup: DonationsSetup): readonly Routes[] {
  return [giveRoutes(setup), donorRoutes(setup), staffGiftRoutes(), parkedPaymentRoutes(setup), ...receiptRoutes(setup)];
}
