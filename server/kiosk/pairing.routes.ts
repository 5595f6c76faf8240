import { allow } from '../identity';
import { fail } from '../kernel/errors';
import { randomId } from '../kernel/random';
import { renderForm, submitted } from '../platform/http/form';
import { limited, open } from '../platform/http/guard';
import type { Limiter } from '../platform/http/rate-limit';
import { type Routes, routes } from '../platform/http/routes';
import { parseInput } from '../platform/validation/field-issues';
import { deviceToken } from './device-token';
import { enrolKiosk } from './enrol-kiosk';
import { kioskById } from './find-kiosks';
import { enrolKioskInput, kioskRef, pairKioskInput } from './kiosk.inputs';
import { nameKiosks } from './kiosk.labels';
import { rememberDevice } from './kiosk-actor';
import { pairKiosk } from './pair-kiosk';
import { kiosksPage, pairingPage } from './pairing-pages';
import { suspendKiosk } from './suspend-kiosk';

const triesAMinute = 10;

/** Which devices are kiosks: the administrator's list, and the page at which a device becomes one. */
export function pairingRoutes({ limiter }: { limiter: Limiter }): Routes {
  nameKiosks();
  const room = routes();
  const atDevice = limited(limiter({ name: 'kiosk-pairing', perMinute: triesAMinute }), open('the code is the permission'));

  room.get('/kiosk/pairing', open('asks for the code'), async (req, res) => {
    res.render('kiosk/pairing', { layout: 'public', ...(await pairingPage(req.ctx, res.locals['demo'] === true)) });
  });
  room.post(
    '/kiosk/pairing',
    atDevice,
    submitted(
      async (req, res) => {
        rememberDevice(req, res, await pairKiosk(req.ctx, parseInput(pairKioskInput, req.body)));
        res.redirect(303, '/kiosk');
      },
      async (req, res, returned) =>
        renderForm(res, 'kiosk/pairing', { layout: 'public', ...(await pairingPage(req.ctx, res.locals['demo'] === true)) }, returned),
    ),
  );
  // In the demonstration any browser may stand in for a kiosk of the sample county.
  room.post('/kiosk/demo-pairings/:id', atDevice, async (req, res) => {
    const device = res.locals['demo'] === true ? await kioskById(req.ctx, parseInput(kioskRef, req.params).id) : undefined;
    if (device?.state.name !== 'active') return fail('not-found');
    rememberDevice(req, res, deviceToken(device));
    res.redirect(303, '/kiosk');
  });

  room.get('/kiosks', allow('kiosk.read'), async (req, res) => {
    res.render('kiosk/kiosks', { layout: 'staff', ...(await kiosksPage(req.ctx)), requestKey: randomId(req.ctx.random, 'req') });
  });
  room.post('/kiosks', allow('kiosk.pair'), async (req, res) => {
    const enrolled = await enrolKiosk(req.ctx, parseInput(enrolKioskInput, req.body));
    res.render('kiosk/kiosks', {
      layout: 'staff',
      ...(await kiosksPage(req.ctx)),
      enrolled,
      requestKey: randomId(req.ctx.random, 'req'),
    });
  });
  room.post('/kiosks/:id/suspension', allow('kiosk.pair'), async (req, res) => {
    await suspendKiosk(req.ctx, parseInput(kioskRef, req.params));
    res.redirect(303, '/kiosks');
  });
  return room;
}
