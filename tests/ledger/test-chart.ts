import { type Clock, systemClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { systemRandom } from '../../server/kernel/random';
import { defineAccounts, defineKind, definePools, defineSeries } from '../../server/ledger';

// A small chart of accounts for the ledger's own tests: it must work without any room above it.
export const bank = defineAccounts({ name: 'test-bank', unit: 'CNY', side: 'debit', floor: 'none' });
export const purse = defineAccounts({ name: 'test-purse', unit: 'CNY', side: 'credit', floor: 0 });
export const giftPool = definePools({ name: 'test-gifts', unit: 'CNY', side: 'credit' });
export const heldPool = definePools({ name: 'test-held', unit: 'CNY', side: 'credit' });
export const issued = defineAccounts({ name: 'test-issued', unit: 'PTS', side: 'debit', floor: 'none' });
export const spent = defineAccounts({ name: 'test-spent', unit: 'PTS', side: 'credit', floor: 'none' });
export const points = definePools({ name: 'test-points', unit: 'PTS', side: 'credit' });
export const owed = defineAccounts({ name: 'test-owed', unit: 'PTS', side: 'debit', floor: 'none' });
export const shelf = definePools({ name: 'test-shelf', unit: ([, product]) => `goods:${product}`, side: 'debit' });
export const supply = defineAccounts({ name: 'test-supply', unit: ([product]) => `goods:${product}`, side: 'credit', floor: 'none' });
export const handedOver = defineAccounts({ name: 'test-handed', unit: ([product]) => `goods:${product}`, side: 'debit', floor: 'none' });
export const stock = defineAccounts({ name: 'test-stock', unit: 'CNY', side: 'debit', floor: 0 });
export const givenOut = defineAccounts({ name: 'test-given', unit: 'CNY', side: 'debit', floor: 'none' });
export const allowed = defineAccounts({ name: 'test-allowed', unit: 'allowance:rice', side: 'credit', floor: 0 });
export const allowing = defineAccounts({ name: 'test-allowing', unit: 'allowance:rice', side: 'debit', floor: 'none' });

const everything = [
  bank,
  purse,
  giftPool,
  heldPool,
  issued,
  spent,
  points,
  owed,
  shelf,
  supply,
  handedOver,
  stock,
  givenOut,
  allowed,
  allowing,
];
export const anyKind = defineKind({ name: 'test.any', accounts: everything, backdated: true, by: ['system', 'fundManager'] });
export const moneyKind = defineKind({ name: 'test.money', accounts: [bank, purse, giftPool, heldPool], by: ['system'] });
export const noteKind = defineKind({ name: 'test.note', by: ['system'] });
export const grantKind = defineKind({ name: 'test.grant', accounts: [allowed, allowing], by: ['system'] });
export const slips = defineSeries({ name: 'test-slip', prefix: 'S' });

export const source = { type: 'test', id: 't1' };

export function testContext(ledger: string, clock: Clock = systemClock): Context {
  return { ledger, actor: { id: 'system:test', kind: 'system', grants: [] }, clock, random: systemRandom, locale: 'zh-CN' };
}
