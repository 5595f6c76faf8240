import type { Context } from '../../kernel/context';
import { parseSeriesNumber } from '../../kernel/number-series';
import { type AccountCode, type AccountView, classNameOf, findAccounts, followLot } from '../../ledger';
import { gift, income } from '../funds.accounts';
import { findIncomeByNumber } from '../incomes/find-incomes';
import { type Restriction, restrictionOf } from '../restrictions';
import { restrictedLots } from '../statement/find-statement';

/** What of a gift or other income is neither used nor reserved, by where it lies. */
export interface FreeLot {
  lot: AccountCode;
  pool: string;
  restriction: Restriction;
  freeFen: number;
}

/** The free rest of a gift (`D-…`) or of other income (`I-…`), wherever changes before have put it; none for any other text. */
export async function freeLotsOf(ctx: Context, typed: string): Promise<{ origin: string; lots: FreeLot[] } | undefined> {
  const origin = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const first = await firstLotOf(ctx, origin);
  if (!first) return undefined;
  const { held } = await followLot(ctx, first);
  const free = [...held].filter(([code, balance]) => balance > 0 && restrictedLots.includes(classNameOf(code))).map(([code]) => code);
  return { origin, lots: (await findAccounts(ctx, free)).flatMap(freeLot) };
}

async function firstLotOf(ctx: Context, origin: string): Promise<AccountCode | undefined> {
  const series = parseSeriesNumber(origin)?.series;
  if (series === 'I') {
    const found = await findIncomeByNumber(ctx, origin);
    return found && income(found.source, found._id);
  }
  const [found] = series === 'D' ? await findAccounts(ctx, [gift(origin)]) : [];
  return found?.code;
}

function freeLot({ code, pool, balance }: AccountView): FreeLot[] {
  return pool ? [{ lot: code, pool, restriction: restrictionOf(pool), freeFen: balance }] : [];
}
