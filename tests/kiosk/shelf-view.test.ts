import { shelfView } from '../../server/kiosk/shelf-view';
import type { Product } from '../../server/supermarket';

const item = (id: string, points: number, free: number, good = id) => ({
  free,
  product: { _id: id, name: id, pack: '', points, good } as Product,
});
const items = [item('rice', 30, 5), item('oil', 60, 5), item('soap', 4, 2), item('salt', 2, 0), item('quilt', 100, 3)];
const limits = [{ good: 'rice', pieces: 2, per: 'month', left: 2 }] as const;

describe('the shelf of a family with 126 points', () => {
  test.each`
    basket                          | used   | left   | hindrances
    ${{}}                           | ${0}   | ${126} | ${{ salt: 'outOfStock' }}
    ${{ rice: 1, soap: 2 }}         | ${38}  | ${88}  | ${{ salt: 'outOfStock', quilt: 'points' }}
    ${{ rice: 2, oil: 1 }}          | ${120} | ${6}   | ${{ salt: 'outOfStock', quilt: 'points' }}
    ${{ rice: 2, oil: 1, soap: 1 }} | ${124} | ${2}   | ${{ salt: 'outOfStock', quilt: 'points' }}
  `('with $basket uses $used and leaves $left', ({ basket, used, left, hindrances }) => {
    const view = shelfView({ items, limits, balance: 126, basket });
    expect(view).toMatchObject({ used, left });
    expect(
      Object.fromEntries(view.goods.flatMap(({ id, chosen, hindrance }) => (hindrance && !chosen ? [[id, hindrance.why]] : []))),
    ).toEqual(hindrances);
  });

  test('says how many points are missing after the basket', () => {
    const { goods } = shelfView({ items, limits, balance: 126, basket: { rice: 1, soap: 2, oil: 0 } });
    expect(goods.find(({ id }) => id === 'quilt')?.hindrance).toEqual({ why: 'points', missing: 12 });
  });

  test.each`
    why                         | basket         | full
    ${'the limit of the month'} | ${{ rice: 2 }} | ${'rice'}
    ${'what lies on the shelf'} | ${{ soap: 2 }} | ${'soap'}
  `('adds no more than $why', ({ basket, full }) => {
    const { goods } = shelfView({ items, limits, balance: 126, basket });
    expect(goods.filter((good) => good.hindrance && good.chosen > 0).map(({ id }) => id)).toEqual([full]);
  });

  test('a limit that is used up is told, also for another size of the same good', () => {
    const small = item('rice-small', 15, 5, 'rice');
    const { goods } = shelfView({ items: [...items, small], limits, balance: 126, basket: { rice: 2 } });
    expect(goods.find(({ id }) => id === 'rice-small')?.hindrance).toEqual({ why: 'limit', most: 2, per: 'month' });
  });

  test('what can be had stands first, and nothing moves while tapping', () => {
    const order = (basket: Record<string, number>) => shelfView({ items, limits, balance: 90, basket }).goods.map(({ id }) => id);
    expect(order({})).toEqual(['rice', 'oil', 'soap', 'salt', 'quilt']);
    expect(order({ oil: 1, rice: 1 })).toEqual(order({}));
  });
});
