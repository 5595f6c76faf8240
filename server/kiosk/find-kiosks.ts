import type { Context } from '../kernel/context';
import { KioskDevice } from './kiosk-device.model';

const most = 500;

/** All devices of the county, by shop. */
export async function findKiosks(ctx: Pick<Context, 'ledger'>): Promise<KioskDevice[]> {
  return KioskDevice.find({ ledger: ctx.ledger }).sort({ shop: 1, _id: 1 }).limit(most).lean<KioskDevice[]>();
}

/** A device by its id, or undefined. */
export async function kioskById(ctx: Pick<Context, 'ledger'>, id: string): Promise<KioskDevice | undefined> {
  return (await KioskDevice.findOne({ _id: id, ledger: ctx.ledger }).lean<KioskDevice>()) ?? undefined;
}
