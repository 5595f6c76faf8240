import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { insertion } from '../platform/mongo/document-writes';
import { shopById } from '../supermarket';
import type { EnrolKioskInput } from './kiosk.inputs';
import { kioskEnrolled } from './kiosk.kinds';
import { kioskStates } from './kiosk.states';
import { KioskDevice } from './kiosk-device.model';
import { newPairingCode, pairingHash } from './pairing-code';

const codeHolds = 24 * 3_600_000;

/** Enrols a device of a shop. Its pairing code is shown this once; a repeated request gets the device without it. */
export async function enrolKiosk(ctx: Context, { requestKey, shop, name }: EnrolKioskInput): Promise<{ id: string; code?: string }> {
  if (!(await shopById(ctx, shop))) fail('not-found');
  const id = idOfRequest(ctx, 'kio', requestKey);
  const code = newPairingCode(ctx.random);
  const { replayed } = await post(ctx, {
    key: `kiosk:${id}:enrolled`,
    kind: kioskEnrolled,
    source: { type: 'kiosk', id },
    facts: { shop, name },
    writes: () => [
      insertion(ctx, KioskDevice, {
        _id: id,
        shop,
        name,
        state: kioskStates.begin('enrolled', ctx),
        pairing: 0,
        codeHash: pairingHash(code),
        codeUntil: new Date(ctx.clock.now().getTime() + codeHolds),
      }),
      recorded(ctx, 'kiosk.enrolled', { type: 'kiosk', id }),
    ],
  });
  return replayed ? { id } : { id, code };
}
