import type { Response } from 'express';
import { verifyPin } from '../households';
import { AppError } from '../kernel/errors';
import type { Guard } from '../platform/http/guard';
import type { Routes } from '../platform/http/routes';
import { parseInput } from '../platform/validation/field-issues';
import { findSlip, type PointsBound, redeem } from '../supermarket';
import { pinInput, shownBasket } from './kiosk.inputs';
import { confirmationPage, pinHint, slipPage } from './kiosk-pages';
import { type Asked, isDemo, type Standing, show, stepsOf, words } from './kiosk-step';
import type { Visits } from './visits';
import { boundWithoutPin } from './without-pin';

/**
 * The last steps of a visit: confirm, PIN where it is needed, slip. Only the page of this visit and this basket redeems: one that lies
 * open since another family was here, or since the basket was changed, leads to what would be redeemed now.
 */
export function addRedeeming(room: Routes, kiosk: Guard, visits: Visits): void {
  const step = stepsOf(visits);
  const confirmation = step('known', async (req, res, standing) => {
    const { visit } = standing;
    await visits.keep(visit, { page: '/kiosk/confirmation' });
    const page = await confirmationPage(req.ctx, words(res), standing);
    if (page.lines.length === 0) return res.redirect(303, '/kiosk/goods');
    show(res, standing, 'confirmation', { mainClass: 'confirming', refused: await visits.takeRefusal(visit), ...page });
  });
  room.get('/kiosk/confirmation', kiosk, confirmation);

  const redemption = step('known', async (req, res, standing) => {
    const { shop, household, visit } = standing;
    if (parseInput(shownBasket, req.body).requestKey !== visit.requestKey) return res.redirect(303, '/kiosk/confirmation');
    await redeemShown(req, res, standing, await boundWithoutPin(req.ctx, shop, household));
  });
  room.post('/kiosk/redemptions', kiosk, redemption);

  const pad = step('known', async (req, res, standing) => showPin(req, res, standing, await visits.takeWrongPin(standing.visit)));
  room.get('/kiosk/pin', kiosk, pad);

  const pin = step('known', async (req, res, standing) => {
    const typed = pinInput.safeParse(req.body);
    if (!typed.success) return padAgain(res, standing, {});
    if (parseInput(shownBasket, req.body).requestKey !== standing.visit.requestKey) return res.redirect(303, '/kiosk/confirmation');
    const answer = await verifyPin(req.ctx, standing.household._id, typed.data.pin);
    if (answer.answer === 'right') return redeemShown(req, res, standing);
    await padAgain(res, standing, { triesLeft: answer.answer === 'wrong' ? answer.triesLeft : 0 });
  });
  room.post('/kiosk/pin', kiosk, pin);

  const slip = step('redeemed', async (req, res, standing) => {
    const { shop, household, visit } = standing;
    const done = visit.redemption ? await findSlip(req.ctx, shop, visit.redemption) : undefined;
    if (!done) return res.redirect(303, '/kiosk/goods');
    await visits.keep(visit, { page: '/kiosk/slip' });
    show(res, standing, 'slip', { mainClass: 'centre leaving', ...(await slipPage(req.ctx, household, done)) });
  });
  room.get('/kiosk/slip', kiosk, slip);

  /** Leads to the pad, so that the browser's way back from the slip holds no page that was posted: it would ask to send the PIN again. */
  async function padAgain(res: Response, { visit }: Standing, wrongPin: { triesLeft?: number }): Promise<void> {
    await visits.keep(visit, { wrongPin });
    res.redirect(303, '/kiosk/pin');
  }

  /** Redeems what the page showed, without the PIN within `bound`. A refusal leads back to where it can be put right, with its reason. */
  async function redeemShown(req: Asked, res: Response, { shop, household, visit }: Standing, bound?: PointsBound): Promise<void> {
    try {
      const { _id } = await redeem(req.ctx, { ...parseInput(shownBasket, req.body), shop: shop._id, household: household._id }, bound);
      await visits.keep(visit, { redemption: _id });
      res.redirect(303, '/kiosk/slip');
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 409) throw error;
      if (error.code === 'supermarket.pin-needed') return res.redirect(303, '/kiosk/pin');
      await visits.keep(visit, { refusal: { code: error.code, details: error.details } });
      res.redirect(303, error.code === 'supermarket.out-of-stock' ? '/kiosk/goods' : '/kiosk/confirmation');
    }
  }
}

/** The pad; `wrong` when the last PIN was none (no digits) or not the right one. */
async function showPin(req: Asked, res: Response, standing: Standing, wrong?: { triesLeft?: number }): Promise<void> {
  const { shop, household, visit } = standing;
  const page = await confirmationPage(req.ctx, words(res), standing);
  if (page.lines.length === 0 || page.missing > 0) return res.redirect(303, '/kiosk/confirmation'); // no PIN makes up for points
  const { most: above } = await boundWithoutPin(req.ctx, shop, household);
  const hint = await pinHint(req.ctx, visit, isDemo(res));
  show(res, standing, 'pin', { mainClass: 'centre', ...page, above, wrong, locked: wrong?.triesLeft === 0, hint });
}
