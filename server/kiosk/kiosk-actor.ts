import type { Request, Response } from 'express';
import type { Clock } from '../kernel/clock';
import type { Actor } from '../kernel/context';
import { type Shop, shopById } from '../supermarket';
import { readDeviceToken } from './device-token';
import { KioskDevice } from './kiosk-device.model';

const cookieName = 'kiosk';
const oneYearMs = 365 * 86_400_000;

/** The device that asks, and its shop. */
export interface KioskPlace {
  device: KioskDevice;
  shop: Shop;
}

declare global {
  namespace Express {
    interface Request {
      /** Set for requests of a paired kiosk. */
      kiosk?: KioskPlace;
    }
  }
}

/**
 * The kiosk that asks, if it is one: a paired device of one shop on a page below `/kiosk`. Anywhere else its cookie means nothing, so
 * that a member of staff who tries the kiosk in the same browser stays who he is. For `actorOf` of the shell.
 */
export function kioskActorOf({ ledger, clock }: { ledger: string; clock: Clock }) {
  return async (req: Request): Promise<Actor | undefined> => {
    if (!/^\/kiosk(\/|$)/.test(req.path)) return undefined;
    const token = tokenOf(req);
    const read = token && readDeviceToken(token, clock);
    if (!read) return undefined;
    const device = await KioskDevice.findOne({ _id: read.id, ledger, 'state.name': 'active' }).lean<KioskDevice>();
    const shop = device?.pairing === read.pairing ? await shopById({ ledger }, device.shop) : undefined;
    if (!device || !shop) return undefined;
    req.kiosk = { device, shop };
    return { id: device._id, kind: 'kiosk', grants: [] };
  };
}

/** Gives a browser the token of its device. */
export function rememberDevice(req: Pick<Request, 'secure'>, res: Response, token: string): void {
  res.cookie(cookieName, token, { httpOnly: true, sameSite: 'strict', secure: req.secure, path: '/kiosk', maxAge: oneYearMs });
}

function tokenOf(req: Pick<Request, 'get'>): string | undefined {
  return /(?:^|;\s*)kiosk=([A-Za-z0-9._~-]+)/.exec(req.get('cookie') ?? '')?.[1]; // a token has no letters that a cookie would escape
}
