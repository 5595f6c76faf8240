import { expireDueSessions } from './checkout';
import { settleDuePayments } from './payments';
import type { Practice } from './practice';
import { settleDueRefunds } from './refunds';
import { settleDueCharges } from './settlement';
import { settleDueMonths } from './subscriptions/months';

/** Does all that has become due by the clock: sessions end, banks answer, months begin, fees become known, refunds get through. */
export function catchUp(practice: Practice): void {
  expireDueSessions(practice);
  settleDuePayments(practice);
  settleDueMonths(practice);
  settleDueCharges(practice);
  settleDueRefunds(practice);
}
