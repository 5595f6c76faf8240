import { findHouseholdOrThrow } from '../households';
import { allow, scopesOf } from '../identity';
import { fail } from '../kernel/errors';
import { type Routes, routes } from '../platform/http/routes';
import { qrImage } from '../platform/qr/qr-svg';
import { phoneCodeOf } from './phone-code';

/** The family's own page with the code that wakes a kiosk. */
export function phoneCodeRoutes(): Routes {
  const room = routes();
  room.get('/my/points/code', allow('own.read'), async (req, res) => {
    const [own = fail('not-found')] = scopesOf(req.ctx.actor, 'household');
    const { text, until } = phoneCodeOf(req.ctx, await findHouseholdOrThrow(req.ctx, own));
    res.render('kiosk/code', { layout: 'household', backHref: '/my/points', picture: await qrImage(text), until });
  });
  return room;
}
