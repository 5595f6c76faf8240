import type { Context } from '../kernel/context';
import { findShops, shopById } from '../supermarket';
import { findKiosks } from './find-kiosks';

const families = { enrolled: 'waiting', active: 'done', suspended: 'still' } as const;

/** The administrator's list of devices, and the shops a new one can stand in. */
export async function kiosksPage(ctx: Context) {
  const [kiosks, shops] = await Promise.all([findKiosks(ctx), findShops(ctx)]);
  const names = new Map(shops.map(({ _id, name }) => [_id, name]));
  return {
    kiosks: kiosks.map(({ _id, name, shop, state }) => ({
      id: _id,
      name,
      shop: names.get(shop) ?? shop,
      state: state.name,
      family: families[state.name],
      since: state.at,
      canSuspend: state.name !== 'suspended',
    })),
    shops: shops.map(({ _id, name }) => ({ value: _id, label: name })),
  };
}

/** The page at a device; the demo offers the sample county's kiosks to stand in for. */
export async function pairingPage(ctx: Context, demo: boolean) {
  const kiosks = demo ? (await findKiosks(ctx)).filter(({ state }) => state.name === 'active') : [];
  const shops = await Promise.all(kiosks.map(({ shop }) => shopById(ctx, shop)));
  return { kiosks: kiosks.map(({ _id, name }, at) => ({ id: _id, name, shop: shops[at]?.name ?? '' })) };
}
