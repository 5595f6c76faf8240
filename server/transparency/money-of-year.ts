import { type GivenByKind, giftsByKind } from '../donations';
import { columnOf, findStatementAt, leastCell, mainBank } from '../funds';
import type { Context } from '../kernel/context';
import { type LocalDate, localDate, shanghaiDay, yearOf } from '../kernel/local-date';
import { atOneMoment, sumAccountBy, trialBalanceOf } from '../ledger';
import { carriedOver, ownMoneyBy } from './carried-over';
import { hideSmallCells, type ShownCell } from './hide-small-cells';

/** What came in this year, what went to families, and what lies where now; all sums in fen, from the ledger. */
export interface MoneyOfYear {
  from: LocalDate;
  to: LocalDate;
  /** What last year left. */
  carriedFen: number;
  receivedFen: number;
  /** What was there to be used: carried over and received. */
  totalFen: number;
  givers: readonly GivenByKind[];
  /** Money that is no gift, by source. */
  incomes: readonly { source: string; fen: number; entries: number }[];
  /** Whether the sums by giver are the ledger's, and what was there is what was paid and is left, to the fen. */
  agrees: boolean;
  paidFen: number;
  /** Payments to families; missing while fewer than the least number. */
  payments?: number;
  least: number;
  byVillage: readonly ShownCell[];
  byCause: readonly ShownCell[];
  reservedFen: number;
  /** Not used yet; with what waits for its purposes in a roster. */
  freeFen: number;
  /** Given back to payers or set apart for that, and what fees took: no longer there to help. */
  goneFen: number;
}

const paid = 'payment.paid';
const gone = ['givenBack', 'fees'];

/** The public figures of the running year. Small cells are hidden (TR3); a cause stands only beside totals (TR4). */
export async function moneyOfYear(ctx: Context): Promise<MoneyOfYear> {
  const to = shanghaiDay(ctx.clock.now());
  const from = localDate(`${yearOf(to)}-01-01`);
  const { upTo, gifts, rows, statement } = await atOneMoment(ctx, async (moment) => ({
    upTo: moment.seq,
    gifts: await giftsByKind(ctx, { from, to }, moment),
    rows: await trialBalanceOf(ctx, moment),
    statement: await findStatementAt(ctx, { from, to }, moment),
  }));
  const [carriedFen, byVillage, byCause, least, own] = await Promise.all([
    carriedOver(ctx, from),
    paidBy(ctx, { from, to, upTo }, 'village'),
    paidBy(ctx, { from, to, upTo }, 'cause'),
    leastCell(ctx, to),
    ownMoneyBy(ctx, { from, to, upTo }),
  ]);
  const payments = byVillage.reduce((sum, { count }) => sum + count, 0);
  const held = (...classes: string[]) =>
    rows.reduce((sum, row) => (classes.includes(row.className) ? sum + row.credit - row.debit : sum), 0);
  const paidFen = byVillage.reduce((sum, { fen }) => sum + fen, 0);
  const [reservedFen, freeFen] = [held('payable', 'transit'), held('gift', 'income', 'restriction', 'roster')];
  const wentFen = own.reduce((sum, row) => (gone.includes(columnOf(row.kind)) ? sum + row.out - row.in : sum), 0);
  const goneFen = wentFen + held('refund', 'disputed', 'uncovered', 'exchange'); // the last two stand on the other side: not yet paid for
  const incomes = statement.sources.filter(({ source }) => source !== 'gift');
  const totalFen = carriedFen + gifts.totalFen + incomes.reduce((sum, { fen }) => sum + fen, 0);
  return {
    from,
    to,
    carriedFen,
    receivedFen: gifts.totalFen,
    totalFen,
    givers: gifts.byKind,
    incomes,
    agrees: gifts.agrees && totalFen === paidFen + reservedFen + freeFen + goneFen,
    paidFen,
    ...(payments >= least && { payments }),
    least,
    byVillage: hideSmallCells(byVillage, least),
    byCause: hideSmallCells(byCause, least),
    reservedFen,
    freeFen,
    goneFen,
  };
}

async function paidBy(ctx: Context, period: { from: LocalDate; to: LocalDate; upTo: number }, tag: 'village' | 'cause') {
  const rows = (await sumAccountBy(ctx, mainBank, period, tag)).filter(({ kind }) => kind === paid);
  return rows.map((row) => ({ key: row.tag ?? '', fen: row.out, count: row.lines })).sort((a, b) => (a.key < b.key ? -1 : 1));
}
