import type { Context } from '../../kernel/context';
import type { Translate } from '../../platform/i18n/translator';
import type { SeatChoice } from '../../platform/views/locals';
import { findDemoSeats, seatTitle } from '../demo-seats';
import { maskedNames } from '../find-people';

/** The cast for the menu in the strip of the demonstration: from every page one click to another seat, the visitor's own marked. */
export async function seatMenu(ctx: Context, t: Translate): Promise<SeatChoice[]> {
  const seats = await findDemoSeats(ctx);
  const names = await maskedNames(
    ctx,
    seats.map(({ user }) => user),
  );
  return seats.map((seat) => ({
    seat: seat.seat,
    icon: seat.icon,
    title: seatTitle(t, seat),
    name: names.get(seat.user) ?? '',
    current: seat.user === ctx.actor.id,
  }));
}
