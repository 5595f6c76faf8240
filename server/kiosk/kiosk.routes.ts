import type { Request, Response } from 'express';
import { type Household, householdsById, verifyPin } from '../households';
import { AppError, invariant } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { type Guard, guarded, limited } from '../platform/http/guard';
import { filtersOf } from '../platform/http/list-url';
import type { Limiter } from '../platform/http/rate-limit';
import { type Incoming, type Routes, routes } from '../platform/http/routes';
import { parseInput } from '../platform/validation/field-issues';
import { settingInForce } from '../settings';
import { findSlip, redeem } from '../supermarket';
import { cardInput, pinInput, shelfPage, shownBasket, tapInput, wakeQuery } from './kiosk.inputs';
import { idleSeconds } from './kiosk.settings';
import type { KioskPlace } from './kiosk-actor';
import { confirmationPage, goodsPage, mePage, pinHint, pinNeeded, slipPage, wakePage } from './kiosk-pages';
import { householdOfScan } from './phone-code';
import { beginVisit, changeBasket, endVisit, type Visit, visitOf } from './visit';

const layout = 'kiosk';
const cardsAMinute = 30;
const asksFor = 15;

/** The pages of a visit, and which of the four steps each is; past the fourth all are done. */
const stepOf = { me: 1, goods: 2, confirmation: 3, pin: 3, slip: 5, 'still-there': 2 } as const;
type View = keyof typeof stepOf;

type Asked = Incoming<string>;
interface Standing extends KioskPlace {
  visit: Visit;
  household: Household;
  idle: number;
}

/**
 * The kiosk's own pages: card, "is this you", goods, confirmation, slip. Each step is a form that posts and leads on, so that it works
 * without script and the browser's back button never shows who was here before.
 */
export function kioskRoutes({ limiter }: { limiter: Limiter }): Routes {
  const room = routes();
  const kiosk = pairedKiosk();
  const cardGuard = limited(limiter({ name: 'kiosk-card', perMinute: cardsAMinute, key: (req) => req.ctx.actor.id }), kiosk);
  type Page = (req: Asked, res: Response, standing: Standing) => unknown;

  /** A page or step of somebody who is here; otherwise the kiosk wakes. Whoever has redeemed only sees the slip. */
  const step = (page: Page, at: 'before' | 'known' | 'redeemed') => async (req: Asked, res: Response) => {
    const standing = await standingOf(req);
    if (!standing) return res.redirect(303, '/kiosk');
    if (at !== 'redeemed' && standing.visit.redemption) return res.redirect(303, '/kiosk/slip');
    if (at === 'known' && !standing.visit.known) return res.redirect(303, '/kiosk/me');
    await page(req, res, standing);
  };
  const show = (res: Response, { shop, visit, idle }: Standing, view: View, page: Record<string, unknown>) => {
    const { refusal } = visit;
    delete visit.refusal;
    res.render(`kiosk/${view}`, { layout, shopName: shop.name, idle, flow: flowAt(stepOf[view]), refused: refusal, ...page });
  };

  room.get('/kiosk', kiosk, async (req, res) => {
    endVisit(req);
    const { shop } = placeOf(req);
    const { wrong } = filtersOf(wakeQuery, req);
    const page = await wakePage(req.ctx, shop, demoOf(res));
    res.render('kiosk/wake', {
      layout,
      shopName: shop.name,
      mainClass: page.cards.length > 0 ? 'centre waking with-demo' : 'centre waking',
      wrong,
      ...page,
    });
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
    const back = (await standingOf(req))?.visit.page ?? '/kiosk';
    res.render('kiosk/help', { layout, shopName: shop.name, mainClass: 'centre', phone: shop.phone, back });
  });

  room.post('/kiosk/visits', cardGuard, async (req, res) => {
    const { card, from } = parseInput(cardInput, req.body);
    const household = await householdOfScan(req.ctx, card);
    if (!household) return res.redirect(303, from === 'number' ? '/kiosk/number?wrong=card' : '/kiosk?wrong=card');
    beginVisit(req, household._id);
    res.redirect(303, '/kiosk/me');
  });
  room.post('/kiosk/exits', kiosk, (req, res) => {
    endVisit(req);
    res.redirect(303, '/kiosk');
  });

  room.get(
    '/kiosk/me',
    kiosk,
    step(async (req, res, standing) => {
      show(res, standing, 'me', { mainClass: 'centre', ...(await mePage(req.ctx, standing.household)) });
    }, 'before'),
  );
  room.post(
    '/kiosk/me',
    kiosk,
    step((_req, res, { visit }) => {
      visit.known = true;
      res.redirect(303, '/kiosk/goods');
    }, 'before'),
  );

  room.get(
    '/kiosk/goods',
    kiosk,
    step(async (req, res, standing) => {
      const { page } = filtersOf(shelfPage, req);
      standing.visit.page = `/kiosk/goods?page=${page}`;
      const { shop, household, visit } = standing;
      show(res, standing, 'goods', { mainClass: 'sides', ...(await goodsPage(req.ctx, shop, household, visit, page)) });
    }, 'known'),
  );
  room.post(
    '/kiosk/basket',
    kiosk,
    step((req, res, { visit }) => {
      const { more, less, page, on } = parseInput(tapInput, req.body);
      if (more) changeBasket(req, visit, more, 1);
      if (less) changeBasket(req, visit, less, -1);
      const isEmpty = Object.keys(visit.basket).length === 0;
      res.redirect(303, on === 'confirmation' && !isEmpty ? '/kiosk/confirmation' : `/kiosk/goods?page=${page}`);
    }, 'known'),
  );

  room.get(
    '/kiosk/confirmation',
    kiosk,
    step(async (req, res, standing) => {
      const { shop, household, visit } = standing;
      visit.page = '/kiosk/confirmation';
      const page = await confirmationPage(req.ctx, shop, household, visit);
      if (page.lines.length === 0) return res.redirect(303, '/kiosk/goods');
      show(res, standing, 'confirmation', { mainClass: 'confirming', ...page });
    }, 'known'),
  );
  room.post(
    '/kiosk/redemptions',
    kiosk,
    step(async (req, res, standing) => {
      const { basket } = parseInput(shownBasket, req.body);
      const points = basket.reduce((total, line) => total + line.points * line.pieces, 0);
      if ((await pinNeeded(req.ctx, standing.shop, points)).needed) return res.redirect(303, '/kiosk/pin');
      await redeemShown(req, res, standing);
    }, 'known'),
  );

  room.get(
    '/kiosk/pin',
    kiosk,
    step(async (req, res, standing) => {
      await showPin(req, res, standing);
    }, 'known'),
  );
  room.post(
    '/kiosk/pin',
    kiosk,
    step(async (req, res, standing) => {
      const typed = pinInput.safeParse(req.body);
      if (!typed.success) return showPin(req, res, standing, { triesLeft: undefined });
      const answer = await verifyPin(req.ctx, standing.household._id, typed.data.pin);
      if (answer.answer === 'right') return redeemShown(req, res, standing);
      await showPin(req, res, standing, { triesLeft: answer.answer === 'wrong' ? answer.triesLeft : 0 });
    }, 'known'),
  );

  room.get(
    '/kiosk/slip',
    kiosk,
    step(async (req, res, standing) => {
      const redemption = standing.visit.redemption ? await findSlip(req.ctx, standing.shop, standing.visit.redemption) : undefined;
      if (!redemption) return res.redirect(303, '/kiosk/goods');
      standing.visit.page = '/kiosk/slip';
      show(res, standing, 'slip', { mainClass: 'centre leaving', ...(await slipPage(req.ctx, standing.household, redemption)) });
    }, 'redeemed'),
  );
  room.get(
    '/kiosk/still-there',
    kiosk,
    step((_req, res, standing) => {
      show(res, standing, 'still-there', { mainClass: 'centre', seconds: asksFor, back: standing.visit.page, idle: undefined });
    }, 'redeemed'),
  );

  async function showPin(req: Asked, res: Response, standing: Standing, wrong?: { triesLeft: number | undefined }) {
    const { shop, household, visit } = standing;
    const page = await confirmationPage(req.ctx, shop, household, visit);
    if (page.lines.length === 0) return res.redirect(303, '/kiosk/goods');
    const { above } = await pinNeeded(req.ctx, shop, page.used);
    if (wrong) res.status(422);
    const hint = await pinHint(req.ctx, visit, demoOf(res));
    show(res, standing, 'pin', { mainClass: 'centre', ...page, above, wrong, locked: wrong?.triesLeft === 0, hint });
  }
  return room;
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

/** Who stands here, or undefined. */
async function standingOf(req: Asked): Promise<Standing | undefined> {
  const { device, shop } = placeOf(req);
  const at = { day: shanghaiDay(req.ctx.clock.now()), place: shop.village };
  const { value: idle } = await settingInForce(req.ctx, idleSeconds, at);
  const visit = visitOf(req, idle);
  const household = visit && (await householdsById(req.ctx, [visit.household])).get(visit.household);
  return visit && household && { device, shop, visit, household, idle };
}

function placeOf(req: Pick<Request, 'kiosk'>): KioskPlace {
  invariant(req.kiosk, 'kiosk.guard-has-run');
  return req.kiosk;
}

function flowAt(now: number): string[] {
  return [1, 2, 3, 4].map((step) => (step < now ? 'done' : step === now ? 'now' : 'ahead'));
}

function demoOf(res: Response): boolean {
  return res.locals['demo'] === true;
}

/** Lets only paired kiosks pass; any other browser is led to the pairing page. */
function pairedKiosk(): Guard {
  return guarded('paired kiosk', (req, res, next) => {
    if (req.kiosk && req.ctx.actor.kind === 'kiosk') return next();
    if (req.method === 'GET') return res.redirect(303, '/kiosk/pairing');
    next(new AppError('access.denied'));
  });
}
