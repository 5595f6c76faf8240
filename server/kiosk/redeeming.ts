import type { Response } from 'express';
import { verifyPin } from '../households';
import { AppError } from '../kernel/errors';
import type { Guard } from '../platform/http/guard';
import type { Routes } from '../platform/http/routes';
import { parseInput } from '../platform/validation/field-issues';
import { findSlip, redeem } from '../supermarket';
import { pinInput, shownBasket } from './kiosk.inputs';
import { confirmationPage, pinHint, pinNeeded, slipPage } from './kiosk-pages';
import { type Asked, isDemo, type Standing, show, step } from './kiosk-step';

/**
 * The last steps of a visit: confirm, PIN where it is needed, slip. Only the page of this visit and this basket redeems: one that lies
 * open since another family was here, or since the basket was changed, leads to what would be redeemed now.
 */
export function addRedeeming(room: Routes, kiosk: Guard): void {
  const confirmation = step('known', async (req, res, standing) => {
    const { shop, household, visit } = standing;
    visit.page = '/kiosk/confirmation';
    const page = await confirmationPage(req.ctx, shop, household, visit);
    if (page.lines.length === 0) return res.redirect(303, '/kiosk/goods');
    show(res, standing, 'confirmation', { mainClass: 'confirming', ...page });
  });
  room.get('/kiosk/confirmation', kiosk, confirmation);

  const redemption = step('known', async (req, res, standing) => {
    const { basket, requestKey } = parseInput(shownBasket, req.body);
    if (requestKey !== standing.visit.requestKey) return res.redirect(303, '/kiosk/confirmation');
    const points = basket.reduce((total, line) => total + line.points * line.pieces, 0);
    if ((await pinNeeded(req.ctx, standing.shop, points)).needed) return res.redirect(303, '/kiosk/pin');
    await redeemShown(req, res, standing);
  });
  room.post('/kiosk/redemptions', kiosk, redemption);

  room.get(
    '/kiosk/pin',
    kiosk,
    step('known', (req, res, standing) => showPin(req, res, standing)),
  );

  const pin = step('known', async (req, res, standing) => {
    const typed = pinInput.safeParse(req.body);
    if (!typed.success) return showPin(req, res, standing, {});
    if (parseInput(shownBasket, req.body).requestKey !== standing.visit.requestKey) return res.redirect(303, '/kiosk/confirmation');
    const answer = await verifyPin(req.ctx, standing.household._id, typed.data.pin);
    if (answer.answer === 'right') return redeemShown(req, res, standing);
    await showPin(req, res, standing, { triesLeft: answer.answer === 'wrong' ? answer.triesLeft : 0 });
  });
  room.post('/kiosk/pin', kiosk, pin);

  const slip = step('redeemed', async (req, res, standing) => {
    const { shop, household, visit } = standing;
    const done = visit.redemption ? await findSlip(req.ctx, shop, visit.redemption) : undefined;
    if (!done) return res.redirect(303, '/kiosk/goods');
    visit.page = '/kiosk/slip';
    show(res, standing, 'slip', { mainClass: 'centre leaving', ...(await slipPage(req.ctx, household, done)) });
  });
  room.get('/kiosk/slip', kiosk, slip);
}

/** The pad; `wrong` when the last PIN was none (no digits) or not the right one. */
async function showPin(req: Asked, res: Response, standing: Standing, wrong?: { triesLeft?: number }): Promise<void> {
  const { shop, household, visit } = standing;
  const page = await confirmationPage(req.ctx, shop, household, visit);
  if (page.lines.length === 0) return res.redirect(303, '/kiosk/goods');
  const { above } = await pinNeeded(req.ctx, shop, page.used);
  const hint = await pinHint(req.ctx, visit, isDemo(res));
  if (wrong) res.status(422);
  show(res, standing, 'pin', { mainClass: 'centre', ...page, above, wrong, locked: wrong?.triesLeft === 0, hint });
}

/** Redeems what the page showed. A refusal leads back to where it can be put right, with its reason. */
async function redeemShown(req: Asked, res: Response, { shop, household, visit }: Standing): Promise<void> {
  try {
    const { _id } = await redeem(req.ctx, { ...parseInput(shownBasket, req.body), shop: shop._id, household: household._id });
    visit.redemption = _id;
    res.redirect(303, '/kiosk/slip');
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 409) throw error;
    visit.refusal = { code: error.code, details: error.details };
    res.redirect(303, error.code === 'supermarket.out-of-stock' ? '/kiosk/goods' : '/kiosk/confirmation');
  }
}
