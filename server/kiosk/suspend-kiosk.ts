import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import type { KioskRef } from './kiosk.inputs';
import { kioskSuspended } from './kiosk.kinds';
import { kioskStates } from './kiosk.states';
import { KioskDevice } from './kiosk-device.model';

/** Suspends a device at once: from its next request on it is nobody. */
export async function suspendKiosk(ctx: Context, { id }: KioskRef): Promise<void> {
  const device = (await KioskDevice.findOne({ _id: id, ledger: ctx.ledger }).lean<KioskDevice>()) ?? fail('not-found');
  if (device.state.name === 'suspended') return;
  const state = kioskStates.enter(device.state, 'suspended', ctx);
  await post(ctx, {
    key: `kiosk:${id}:suspended`,
    kind: kioskSuspended,
    source: { type: 'kiosk', id },
    guards: [unchanged(KioskDevice, device)],
    writes: () => [
      change(KioskDevice, device, { state, codeHash: undefined, codeUntil: undefined }),
      recorded(ctx, 'kiosk.suspended', { type: 'kiosk', id }),
    ],
  });
}
