import type { Context } from '../../kernel/context';
import { parseSeriesNumber } from '../../kernel/number-series';
import { type AccountView, classNameOf, findAccounts, findLotsOfOrigin } from '../../ledger';
import { gift } from '../funds.accounts';
import { findIncomeByNumber } from '../incomes/find-incomes';
import { type Restriction, restrictionOf } from '../restrictions';
import { restrictedLots } from '../statement/find-statement';

/** What of a gift or other income is neither used nor reserved, by where it lies. */
export interface FreeLot {
  lot: string;
  pool: string;
  restriction: Restriction;
  freeFen: number;
}

/** The free rest of a gift (`D-…`) or of other income (`I-…`), wherever changes before have put it; none for any other text. */
export async function freeLotsOf(ctx: Context, typed: string): Promise<{ origin: string; lots: FreeLot[] } | undefined> {
  const origin = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const inLedger = await originInLedger(ctx, origin);
  return inLedger === undefined ? undefined : { origin, lots: (await findLotsOfOrigin(ctx, inLedger)).flatMap(freeLot) };
}

/** What the lots of a gift or income bear as their origin: a gift's number, an income's id. */
async function originInLedger(ctx: Context, number: string): Promise<string | undefined> {
  const series = parseSeriesNumber(number)?.series;
  if (series === 'I') return (await findIncomeByNumber(ctx, number))?._id;
  const [found] = series === 'D' ? await findAccounts(ctx, [gift(number)]) : [];
  return found && number;
}

function freeLot({ code, pool, balance }: AccountView): FreeLot[] {
  const isFree = pool !== undefined && restrictedLots.includes(classNameOf(code));
  return isFree ? [{ lot: code, pool, restriction: restrictionOf(pool), freeFen: balance }] : [];
}
