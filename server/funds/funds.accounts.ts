import { defineAccounts, definePools } from '../ledger';

/** Money in the charity's own bank accounts (DO4), by the account's short name: `bank:main`. */
export const bank = defineAccounts({ name: 'bank', unit: 'CNY', side: 'debit', floor: 'none' });

/** Money that a payment provider holds for the charity until it pays out: `provider:stripe`. */
export const provider = defineAccounts({ name: 'provider', unit: 'CNY', side: 'debit', floor: 'none' });

/** Money given for one purpose, area and last day (FU7); its lots are gifts. Codes come from `restrictionPool`. */
export const restriction = definePools({ name: 'restriction', unit: 'CNY', side: 'credit' });

/** The charity's own account, to which gifts are transferred and from which aid is paid. */
export const mainBank = bank('main');
