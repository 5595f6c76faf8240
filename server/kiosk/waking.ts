import { cardDigits } from '../households';
import { bareCode } from '../kernel/half-width';
import { type Guard, limited } from '../platform/http/guard';
import { filtersOf } from '../platform/http/list-url';
import type { Limiter } from '../platform/http/rate-limit';
import type { Routes } from '../platform/http/routes';
import { parseInput } from '../platform/validation/field-issues';
import { cardInput, helpQuery, wakeQuery } from './kiosk.inputs';
import { wakePage } from './kiosk-pages';
import { isDemo, layout, placeOf, standingOf } from './kiosk-step';
import { householdOfScan } from './phone-code';
import type { Visits } from './visits';

const cardsAMinute = 30;

/** Before and after a visit: the card is asked for, and whoever was here is forgotten. */
export function addWaking(room: Routes, kiosk: Guard, { limiter, visits }: { limiter: Limiter; visits: Visits }): void {
  const cardGuard = limited(limiter({ name: 'kiosk-card', perMinute: cardsAMinute, key: (req) => req.ctx.actor.id }), kiosk);

  room.get('/kiosk', kiosk, async (req, res) => {
    await visits.end(req);
    const { shop } = placeOf(req);
    const { wrong } = filtersOf(wakeQuery, req);
    const page = await wakePage(req.ctx, shop, isDemo(res));
    const mainClass = page.cards.length > 0 ? 'centre waking with-demo' : 'centre waking';
    res.render('kiosk/wake', { layout, shopName: shop.name, mainClass, wrong, ...page });
  });

  room.get('/kiosk/number', kiosk, (req, res) => {
    const { wrong } = filtersOf(wakeQuery, req);
    res.render('kiosk/number', { layout, shopName: placeOf(req).shop.name, mainClass: 'centre', wrong });
  });

  room.get('/kiosk/phone-code', kiosk, (req, res) => {
    res.render('kiosk/phone-code', { layout, shopName: placeOf(req).shop.name, mainClass: 'centre' });
  });

  room.get('/kiosk/help', kiosk, async (req, res) => {
    const { shop } = placeOf(req);
    const back = (await standingOf(req, visits))?.visit.page ?? '/kiosk';
    const aboutPin = filtersOf(helpQuery, req).about === 'pin'; // the cadre gives a new one, not the clerk
    res.render('kiosk/help', { layout, shopName: shop.name, mainClass: 'centre', phone: shop.phone, back, aboutPin });
  });

  room.post('/kiosk/visits', cardGuard, async (req, res) => {
    const { card, from } = parseInput(cardInput, req.body);
    const household = await householdOfScan(req.ctx, card);
    if (!household) return res.redirect(303, `${from === 'number' ? '/kiosk/number' : '/kiosk'}?wrong=${faultOf(card)}`);
    await visits.begin(req, household._id);
    res.redirect(303, '/kiosk/me');
  });

  room.post('/kiosk/exits', kiosk, async (req, res) => {
    await visits.end(req);
    res.redirect(303, '/kiosk');
  });
}

/** What is wrong with a card that was not found, as far as it may be told: nothing, too few or too many digits, or another number. */
function faultOf(card: string): 'empty' | 'digits' | 'card' {
  const typed = bareCode(card);
  if (typed === '') return 'empty';
  return /^\d+$/.test(typed) && typed.length !== cardDigits ? 'digits' : 'card';
}
