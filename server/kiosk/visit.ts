import type { Request as AnyRequest } from 'express';
import type { ErrorCode, ErrorDetails } from '../kernel/errors';
import { randomId } from '../kernel/random';

/** One family at the kiosk, from card to slip. Lives in the session: losing Redis costs a tap on the card, nothing else. */
export interface Visit {
  household: string;
  /** "It is me" was tapped. */
  known: boolean;
  /** Pieces by product. */
  basket: Record<string, number>;
  /** Of the basket as it is: a changed basket is another request. */
  requestKey: string;
  /** Milliseconds of the last touch. */
  touchedAt: number;
  /** Where "I am still here" leads back to. */
  page: string;
  /** Why the last step was refused; shown once. */
  refusal?: { code: ErrorCode; details: ErrorDetails };
  /** What was redeemed; from then on only the slip is shown. */
  redemption?: string;
}

declare module 'express-session' {
  interface SessionData {
    kioskVisit?: Visit;
  }
}

type Request = Pick<AnyRequest, 'session' | 'ctx'>;

const graceMs = 30_000; // the browser asks first; this is for a kiosk whose script does not run

/** Begins a visit; whoever was here before is forgotten. */
export function beginVisit(req: Request, household: string): void {
  req.session.kioskVisit = {
    household,
    known: false,
    basket: {},
    requestKey: randomId(req.ctx.random, 'req'),
    touchedAt: req.ctx.clock.now().getTime(),
    page: '/kiosk/me',
  };
}

/** The visit that goes on, or undefined when nobody is here or nobody has touched the kiosk for too long. */
export function visitOf(req: Request, idleSeconds: number): Visit | undefined {
  const visit = req.session.kioskVisit;
  if (!visit) return undefined;
  const now = req.ctx.clock.now().getTime();
  if (now - visit.touchedAt > idleSeconds * 1_000 + graceMs) {
    endVisit(req);
    return undefined;
  }
  visit.touchedAt = now;
  return visit;
}

/** Forgets who was here. */
export function endVisit(req: Request): void {
  delete req.session.kioskVisit;
}

/** Puts one piece more or less of a product into the basket; that is another request then. */
export function changeBasket(req: Request, visit: Visit, product: string, by: 1 | -1): void {
  const pieces = (visit.basket[product] ?? 0) + by;
  const { [product]: _, ...others } = visit.basket;
  visit.basket = pieces > 0 ? { ...others, [product]: pieces } : others;
  visit.requestKey = randomId(req.ctx.random, 'req');
}
