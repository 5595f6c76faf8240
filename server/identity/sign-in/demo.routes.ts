import type { Request } from 'express';
import { fail } from '../../kernel/errors';
import { open } from '../../platform/http/guard';
import { type Routes, routes } from '../../platform/http/routes';
import { parseInput } from '../../platform/validation/field-issues';
import { z } from '../../platform/validation/zod';
import { findDemoSeats } from '../demo-seats';
import { recordSignIn } from '../record-sign-in';
import type { SignInSetup } from './sign-in.routes';
import { signedInAs } from './signed-in';

const seatInput = z.object({ seat: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, 'not-an-id') });

/** One click signs in as a member of the cast. Only a demonstration has this room: elsewhere it is never made, so the path is a 404. */
export function demoRoutes({ signIn }: Pick<SignInSetup, 'signIn'>): Routes {
  const room = routes();
  room.post('/demo/seats/:seat', open('the demonstration lets everybody take any seat'), async (req, res) => {
    const { seat } = parseInput(seatInput, req.params);
    const taken = (await findDemoSeats(req.ctx)).find((one) => one.seat === seat) ?? fail('not-found');
    const user = await recordSignIn(req.ctx, taken.user, 'demoSeat');
    if (user.state.name !== 'active') fail('not-found');
    await signIn.enter(req as Request, signedInAs(user, { secondFactor: true }));
    res.redirect(303, taken.landing);
  });
  return room;
}
