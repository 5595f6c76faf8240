import type { Limiter } from '../platform/http/rate-limit';
import { type Routes, routes } from '../platform/http/routes';
import { addChoosing } from './choosing';
import { pairedKiosk } from './kiosk-step';
import { addRedeeming } from './redeeming';
import { addWaking } from './waking';

/**
 * The kiosk's own pages: card, "is this you", goods, confirmation, slip. Each step is a form that posts and leads on, so that it works
 * without script and the browser's back button never shows who was here before.
 */
export function kioskRoutes({ limiter }: { limiter: Limiter }): Routes {
  const room = routes();
  const kiosk = pairedKiosk();
  addWaking(room, kiosk, limiter);
  addChoosing(room, kiosk);
  addRedeeming(room, kiosk);
  return room;
}
