import { may } from '../identity';
import type { Context } from '../kernel/context';
import { type Label, nameDocuments } from '../ledger';
import { anyOf } from '../platform/mongo/operators';
import { KioskDevice } from './kiosk-device.model';

/** What the audit calls a kiosk: its name. */
export function nameKiosks(): void {
  nameDocuments('kiosk', async (ctx: Context, ids: readonly string[]) => {
    const found = await KioskDevice.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { name: 1 }).lean<Pick<KioskDevice, '_id' | 'name'>[]>();
    const mayOpen = may(ctx.actor, 'kiosk.read');
    return new Map(found.map(({ _id, name }): [string, Label] => [_id, { text: name, ...(mayOpen && { href: '/kiosks' }) }]));
  });
}
