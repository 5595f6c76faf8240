import type { Response } from 'express';
import type { Context } from '../../kernel/context';
import type { Translate } from '../../platform/i18n/translator';
import { anyOf } from '../../platform/mongo/operators';
import type { DemoSeat } from '../demo-seat.model';
import { findDemoSeats, seatTitle } from '../demo-seats';
import { maskedNames } from '../find-people';
import { scopeNames } from '../scope-names';
import { User } from '../user.model';

interface SeatView {
  seat: string;
  icon: string;
  title: string;
  who: string;
  task: string;
}

/** The sign-in page: the form, and in a demonstration the cast. */
export async function signInPage(ctx: Context, res: Response, { demo, helpPhone }: { demo: boolean; helpPhone?: string }) {
  const seats = demo ? await findDemoSeats(ctx) : [];
  const views = await seatViews(ctx, seats, res.locals['t'] as Translate);
  return {
    bare: true,
    helpPhone,
    cards: views.filter((_view, at) => seats[at]?.isCard),
    rows: views.filter((_view, at) => !seats[at]?.isCard),
    hasCast: views.length > 0,
    cast: undefined, // not in the strip, too: the page itself offers the seats
  };
}

async function seatViews(ctx: Context, seats: readonly DemoSeat[], t: Translate): Promise<SeatView[]> {
  if (seats.length === 0) return [];
  const ids = seats.map(({ user }) => user);
  const [names, users] = await Promise.all([maskedNames(ctx, ids), grantsOf(ctx, ids)]);
  const grantOf = ({ user, role }: DemoSeat) => users.get(user)?.find((grant) => grant.role === role);
  const grants = seats.flatMap((seat) => grantOf(seat) ?? []);
  const placeOf = await scopeNames(ctx, grants);
  return seats.map((seat) => {
    const grant = grantOf(seat);
    return {
      seat: seat.seat,
      icon: seat.icon,
      title: seatTitle(t, seat),
      who: [names.get(seat.user), grant && placeOf(grant)].filter(Boolean).join('　'),
      task: t(seat.firstTaskKey),
    };
  });
}

async function grantsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, User['grants']>> {
  const found = await User.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { grants: 1 }).lean<Pick<User, '_id' | 'grants'>[]>();
  return new Map(found.map(({ _id, grants }) => [_id, grants]));
}
