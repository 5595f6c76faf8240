import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { deviceToken } from './device-token';
import { kioskPaired } from './kiosk.kinds';
import { kioskStates } from './kiosk.states';
import { KioskDevice } from './kiosk-device.model';
import { pairingHash } from './pairing-code';

/**
 * Makes the browser that knows the code the kiosk, and returns its token. The code works once; the token of an earlier pairing ends.
 * @throws `kiosk.code-unknown` for a wrong, used or late code.
 */
export async function pairKiosk(ctx: Context, { code }: { code: string }): Promise<string> {
  const device = await KioskDevice.findOne({ ledger: ctx.ledger, codeHash: pairingHash(code) }).lean<KioskDevice>();
  if (!device?.codeUntil || device.codeUntil < ctx.clock.now()) return fail('kiosk.code-unknown');
  // The device is nobody yet: the code is the permission.
  const machine: Context = { ...ctx, actor: { id: 'system:pairing', kind: 'system', grants: [] } };
  const pairing = device.pairing + 1;
  const state = device.state.name === 'active' ? device.state : kioskStates.enter(device.state, 'active', machine);
  await post(machine, {
    key: `kiosk:${device._id}:paired:${pairing}`,
    kind: kioskPaired,
    source: { type: 'kiosk', id: device._id },
    guards: [unchanged(KioskDevice, device)],
    writes: () => [
      change(KioskDevice, device, { state, pairing, codeHash: undefined, codeUntil: undefined }),
      recorded(machine, 'kiosk.paired', { type: 'kiosk', id: device._id }),
    ],
  });
  return deviceToken({ _id: device._id, pairing });
}
