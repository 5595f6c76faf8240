import { defineAccounts, definePools, defineSeries } from '../ledger';

/** Money in the charity's own bank accounts (DO4), by the account's short name: `bank:main`. */
export const bank = defineAccounts({ name: 'bank', unit: 'CNY', side: 'debit', floor: 'none' });

/** Money that a payment provider holds for the charity until it pays out: `provider:stripe`. */
export const provider = defineAccounts({ name: 'provider', unit: 'CNY', side: 'debit', floor: 'none' });

/** Money for one purpose, area and last day (FU7); its lots are gifts and other income. Codes come from `restrictionPool`. */
export const restriction = definePools({ name: 'restriction', unit: 'CNY', side: 'credit' });

const lotsOf = restriction.className;

/** What is left of one gift, a lot of its restriction's pool: `gift:D-2026-000123`. */
export const gift = defineAccounts({ name: 'gift', unit: 'CNY', side: 'credit', floor: 0, lotsOf });

/** What is left of money that is no gift, by the source from which it came: `income:countyBudget:<income id>`. */
export const income = defineAccounts({ name: 'income', unit: 'CNY', side: 'credit', floor: 0, lotsOf });

/** Our own number of money that is no gift. */
export const incomeNumbers = defineSeries({ name: 'income', prefix: 'I' });

/** `C-2026-000003`, of a change of purpose. */
export const changeNumbers = defineSeries({ name: 'purposeChange', prefix: 'C' });

/** The charity's own account, to which gifts are transferred and from which aid is paid. */
export const mainBank = bank('main');
