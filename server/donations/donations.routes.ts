import { donorRoutes } from './donor.routes';
import { giveRoutes } from './give.routes';
import type { Giving } from './giving';
import './ledger-names';
import type { Routes } from '../platform/http/routes';
import { staffGiftRoutes } from './staff.routes';

/** All pages of the room: giving, the organisations' own pages, and the staff's. `giving` is absent where no cards or wallets are taken. */
export function donationsRoutes(setup: { giving: Giving | undefined; publicBaseUrl: string }): readonly Routes[] {
  return [giveRoutes(setup), donorRoutes(setup), staffGiftRoutes()];
}
