import type { Context } from '../kernel/context';
import { addDays, type LocalDate } from '../kernel/local-date';
import { balanceAt, findAccountsOfClass, lastSeqOf } from '../ledger';

/** Where the charity's own money lies; what it owes and has promised stands against it (`provider`: not yet paid out to the bank). */
const ownMoney = ['bank', 'provider'] as const;
const mostAccounts = 50; // a charity has a few bank accounts

/** What lay in the charity's accounts when a period began, in fen: last year's money that is used in this one. */
export async function carriedOver(ctx: Context, from: LocalDate): Promise<number> {
  const seq = await lastSeqOf(ctx, addDays(from, -1));
  const own = (await Promise.all(ownMoney.map((name) => findAccountsOfClass(ctx, name, undefined, mostAccounts)))).flat();
  const balances = await Promise.all(own.map(({ code }) => balanceAt(ctx, code, seq)));
  return balances.reduce((sum, balance) => sum + balance, 0);
}
