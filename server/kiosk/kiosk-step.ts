import type { Response } from 'express';
import { cardBlockedSince, type Household, householdsById } from '../households';
import { AppError, invariant } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { type Guard, guarded } from '../platform/http/guard';
import type { Incoming } from '../platform/http/routes';
import type { Translate } from '../platform/i18n/translator';
import { settingInForce } from '../settings';
import { idleSeconds } from './kiosk.settings';
import type { KioskPlace } from './kiosk-actor';
import type { Visit } from './visit';
import type { Visits } from './visits';

/** The pages of a visit, and which of the four steps each is; past the fourth all are done. */
const stepOf = { me: 1, goods: 2, confirmation: 3, pin: 3, slip: 5, 'still-there': 2 } as const;
type View = keyof typeof stepOf;

export const layout = 'kiosk';
export type Asked = Incoming<string>;

/** A kiosk with somebody before it. */
export interface Standing extends KioskPlace {
  visit: Visit;
  household: Household;
  /** Seconds without a touch until the kiosk asks. */
  idle: number;
}

/** Lets only paired kiosks pass; any other browser is led to the pairing page. */
export function pairedKiosk(): Guard {
  return guarded('paired kiosk', (req, res, next) => {
    if (req.kiosk && req.ctx.actor.kind === 'kiosk') return next();
    if (req.method === 'GET') return res.redirect(303, '/kiosk/pairing');
    next(new AppError('access.denied'));
  });
}

/**
 * A page or step of somebody who is here; otherwise the kiosk wakes. `known` steps ask for "it is me" first; whoever has redeemed sees
 * only the slip, so that a page of before cannot redeem again.
 */
export function stepsOf(visits: Visits) {
  return (at: 'before' | 'known' | 'redeemed', page: (req: Asked, res: Response, standing: Standing) => unknown) =>
    async (req: Asked, res: Response): Promise<void> => {
      const standing = await standingOf(req, visits);
      if (!standing) return res.redirect(303, '/kiosk');
      if (at !== 'redeemed' && standing.visit.redemption) return res.redirect(303, '/kiosk/slip');
      if (at === 'known' && !standing.visit.known) return res.redirect(303, '/kiosk/me');
      await page(req, res, standing);
    };
}

/** Renders a page of a visit; `page.refused` is the reason why the last step was refused. */
export function show(res: Response, { shop, idle }: Standing, view: View, page: Record<string, unknown>): void {
  res.render(`kiosk/${view}`, { layout, shopName: shop.name, idle, flow: flowAt(stepOf[view]), ...page });
}

/** Who stands here, or undefined: also when a card of the family was blocked since, or the family is no longer active. */
export async function standingOf(req: Asked, visits: Visits): Promise<Standing | undefined> {
  const { device, shop } = placeOf(req);
  const at = { day: shanghaiDay(req.ctx.clock.now()), place: shop.village };
  const { value: idle } = await settingInForce(req.ctx, idleSeconds, at);
  const visit = await visits.find(req, idle);
  const household = visit && (await householdsById(req.ctx, [visit.household])).get(visit.household);
  if (!visit || household?.state.name !== 'active') return undefined;
  if (await cardBlockedSince(req.ctx, household._id, new Date(visit.begunAt))) return undefined;
  return { device, shop, visit, household, idle };
}

/** The device that asks and its shop; the guard has seen to it that there is one. */
export function placeOf(req: Pick<Asked, 'kiosk'>): KioskPlace {
  invariant(req.kiosk, 'kiosk.guard-has-run');
  return req.kiosk;
}

/** The words of the page's language. */
export const words = (res: Response) => res.locals['t'] as Translate;

/** Whether this is the demonstration. */
export function isDemo(res: Response): boolean {
  return res.locals['demo'] === true;
}

function flowAt(now: number): string[] {
  return [1, 2, 3, 4].map((number) => (number < now ? 'done' : number === now ? 'now' : 'ahead'));
}
