import type { Guard } from '../platform/http/guard';
import { filtersOf } from '../platform/http/list-url';
import type { Routes } from '../platform/http/routes';
import { parseInput } from '../platform/validation/field-issues';
import { shelfPage, tapInput } from './kiosk.inputs';
import { goodsPage, mePage } from './kiosk-pages';
import { show, stepsOf, words } from './kiosk-step';
import type { Visits } from './visits';

const asksFor = 15; // seconds

/** The first steps of a visit: "is this you", the shelf, the basket, and the question whether somebody is still there. */
export function addChoosing(room: Routes, kiosk: Guard, visits: Visits): void {
  const step = stepsOf(visits);
  const me = step('before', async (req, res, standing) => {
    show(res, standing, 'me', { mainClass: 'centre', ...(await mePage(req.ctx, standing.household)) });
  });
  room.get('/kiosk/me', kiosk, me);

  const itIsMe = step('before', async (_req, res, { visit }) => {
    await visits.keep(visit, { known: true });
    res.redirect(303, '/kiosk/goods');
  });
  room.post('/kiosk/me', kiosk, itIsMe);

  const goods = step('known', async (req, res, standing) => {
    const { page } = filtersOf(shelfPage, req);
    const { visit } = standing;
    await visits.keep(visit, { page: `/kiosk/goods?page=${page}` });
    const refused = await visits.takeRefusal(visit);
    show(res, standing, 'goods', { mainClass: 'sides', refused, ...(await goodsPage(req.ctx, words(res), standing, page)) });
  });
  room.get('/kiosk/goods', kiosk, goods);

  const tap = step('known', async (req, res, { visit }) => {
    const { more, less, page, on } = parseInput(tapInput, req.body);
    if (more) await visits.put(req, visit, more, 1);
    if (less) await visits.put(req, visit, less, -1);
    res.redirect(303, on === 'confirmation' ? '/kiosk/confirmation' : `/kiosk/goods?page=${page}`); // an empty one leads on to the goods
  });
  room.post('/kiosk/basket', kiosk, tap);

  const stillThere = step('redeemed', (_req, res, standing) => {
    show(res, standing, 'still-there', { mainClass: 'centre', seconds: asksFor, back: standing.visit.page, idle: undefined });
  });
  room.get('/kiosk/still-there', kiosk, stillThere);
}
