import type { Context } from '../kernel/context';
import { addDays, type LocalDate } from '../kernel/local-date';
import { type AccountCode, balanceAt, findAccountsOfClass, type KindSums, lastSeqOf, sumAccountBy } from '../ledger';

/** Where the charity's own money lies; what it owes and has promised stands against it (`provider`: not yet paid out to the bank). */
const ownMoney = ['bank', 'provider'] as const;
const mostAccounts = 50; // a charity has a few bank accounts

/** What lay in the charity's accounts when a period began, in fen: last year's money that is used in this one. */
export async function carriedOver(ctx: Context, from: LocalDate): Promise<number> {
  const seq = await lastSeqOf(ctx, addDays(from, -1));
  const balances = await Promise.all((await ownAccounts(ctx)).map((code) => balanceAt(ctx, code, seq)));
  return balances.reduce((sum, balance) => sum + balance, 0);
}

/** What came to the charity's accounts and left them in a period, by kind of entry; what goes from one to another is in both. */
export async function ownMoneyBy(ctx: Context, period: { from: LocalDate; to: LocalDate; upTo: number }): Promise<KindSums[]> {
  return (await Promise.all((await ownAccounts(ctx)).map((code) => sumAccountBy(ctx, code, period)))).flat();
}

async function ownAccounts(ctx: Context): Promise<AccountCode[]> {
  const found = await Promise.all(ownMoney.map((name) => findAccountsOfClass(ctx, name, undefined, mostAccounts)));
  return found.flat().map(({ code }) => code);
}
