import type { Response } from 'express';
import { may } from '../identity';
import { open } from '../platform/http/guard';
import { type Routes, routes } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { fundPage } from './fund-page';
import { homePage, moneyPage } from './home-page';
import { addMassOrganisationPages } from './mass-organisations/mass-organisation.routes';

const everybody = open('anyone can check');
const words = (res: Response) => res.locals['t'] as Translate;

/** What everybody may see of the county's money. */
export function transparencyRoutes(): Routes {
  const room = routes();
  room.get('/', everybody, async (req, res) => {
    const mayTrace = !req.user || may(req.ctx.actor, 'gift.readOwn'); // a visitor is led to the sign-in and on
    res.render('transparency/home', { fullWidth: true, mainClass: 'home', mayTrace, ...(await homePage(req.ctx, words(res))) });
  });
  room.get('/money', everybody, async (req, res) => res.render('transparency/money', await moneyPage(req.ctx, words(res))));
  room.get('/fund', everybody, async (req, res) => res.render('transparency/fund', await fundPage(req.ctx, words(res))));
  room.get('/privacy', open('everybody may know how information is kept'), (_req, res) => res.render('transparency/privacy'));
  addMassOrganisationPages(room);
  return room;
}
