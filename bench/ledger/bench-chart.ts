import { systemClock } from '../../server/kernel/clock';
import type { Context } from '../../server/kernel/context';
import { systemRandom } from '../../server/kernel/random';
import { defineAccounts, defineKind, definePools } from '../../server/ledger';

// A chart of its own, with the shapes that matter: accounts with a floor, one without, and a pool of lots.
export const outside = defineAccounts({ name: 'bench-outside', unit: 'CNY', side: 'debit', floor: 'none' });
export const purse = defineAccounts({ name: 'bench-purse', unit: 'CNY', side: 'credit', floor: 0 });
export const fund = defineAccounts({ name: 'bench-fund', unit: 'CNY', side: 'credit', floor: 0 });
export const gifts = definePools({ name: 'bench-gifts', unit: 'CNY', side: 'credit' });

export const opening = defineKind({ name: 'bench.opening', accounts: [outside, purse, fund], by: ['system'] });
export const transfer = defineKind({ name: 'bench.transfer', accounts: [purse, fund], by: ['system'] });
export const gift = defineKind({ name: 'bench.gift', accounts: [outside, gifts], by: ['system'] });

export const ledgerName = 'bench';

export const context: Context = {
  ledger: ledgerName,
  actor: { id: 'system:bench', kind: 'system', grants: [] },
  clock: systemClock,
  random: systemRandom,
  locale: 'en',
};
