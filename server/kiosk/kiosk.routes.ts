import type { Limiter } from '../platform/http/rate-limit';
import { type Routes, routes } from '../platform/http/routes';
import type { Redis } from '../platform/redis/connection';
import { addChoosing } from './choosing';
import { pairedKiosk } from './kiosk-step';
import { addRedeeming } from './redeeming';
import { openVisits } from './visits';
import { addWaking } from './waking';

/**
 * The kiosk's own pages: card, "is this you", goods, confirmation, slip. Each step is a form that posts and leads on, so that it works
 * without script and the browser's back button never shows who was here before.
 */
export function kioskRoutes({ limiter, ...store }: { limiter: Limiter; redis: Redis; ledger: string }): Routes {
  const room = routes();
  const kiosk = pairedKiosk();
  const visits = openVisits(store);
  addWaking(room, kiosk, { limiter, visits });
  addChoosing(room, kiosk, visits);
  addRedeeming(room, kiosk, visits);
  return room;
}
