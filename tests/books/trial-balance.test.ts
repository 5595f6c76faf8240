import { trialBalancePage } from '../../server/books/trial-balance-page';
import type { Translate } from '../../server/platform/i18n/translator';
import { award, household, manager, usePointsCounty } from '../points/points-county';
import { deliver, product, shopWithClerk, tap } from '../supermarket/shop-county';

usePointsCounty();

const words = ((key: string, facts: { count?: string | number } = {}) => `${facts.count ?? ''}${key}`) as Translate;

test('goods of which all are handed over show what came in once, and no empty shelf', async () => {
  const { shop, clerk } = await shopWithClerk();
  const exercise = await product('作业本', 6);
  await deliver(clerk, shop, exercise, 2);
  const { household: by } = await household('孙有田');
  await award(by, 50);
  await tap(clerk, shop, by, [[exercise, 2, 6]]);

  const { goods } = await trialBalancePage(manager, words, undefined);
  const [row] = goods;
  expect(row?.agrees).toBe(true);
  expect(row?.from.map(({ name }) => name)).toEqual(['accounts:supplied']);
  expect(row?.at.map(({ name }) => name)).toEqual(['accounts:handedOver']);
});
