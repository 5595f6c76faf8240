import type { Context } from '../../kernel/context';
import { addDays, type LocalDate } from '../../kernel/local-date';
import { atOneMoment, findPoolsOfClass, lastSeqOf, type Moment, sumPoolsBy, type TrialRow, trialBalanceAt } from '../../ledger';
import { bank, gift, income, provider, restriction } from '../funds.accounts';
import { buildStatement, type Statement } from './build-statement';

/** The classes of accounts that are lots of money under a restriction. */
export const restrictedLots = [gift.className, income.className, restriction.className];

export interface Period {
  from: LocalDate;
  to: LocalDate;
}

/** What lies where at the end of a period: free money and what is promised stand against the charity's own accounts. */
interface Standing {
  freeFen: number;
  reservedFen: number;
  /** Nobody may use it now: a roster waits for its second person, a refund is under way, a payment is disputed. */
  apartFen: number;
  /** What else stands against the accounts: fees not yet covered, differences of exchange. */
  otherFen: number;
  moneyFen: number;
}

export interface FundStatement extends Statement {
  standing: Standing;
  /** Whether the closing by pools is the sum of the balances that the entries themselves store, to the fen. */
  agrees: boolean;
}

/** The funds' statement over days of recording, all sums from the ledger at one moment, the closing reckoned in two ways. */
export async function findStatement(ctx: Context, period: Period): Promise<FundStatement> {
  return atOneMoment(ctx, (moment) => findStatementAt(ctx, period, moment));
}

/** The same at a moment at which more is read. What is booked after it is in none of the sums: pools that stand later would not fit them. */
export async function findStatementAt(ctx: Context, { from, to }: Period, moment: Moment): Promise<FundStatement> {
  const pools = await findPoolsOfClass(ctx, restriction.className, moment);
  const upTo = moment.seq;
  const [during, after, last] = await Promise.all([
    sumPoolsBy(ctx, restrictedLots, { from, to, upTo }),
    sumPoolsBy(ctx, restrictedLots, { from: addDays(to, 1), upTo }),
    lastSeqOf(ctx, to),
  ]);
  const standing = standingOf(await trialBalanceAt(ctx, Math.min(last, upTo)));
  const statement = buildStatement(pools, during, after);
  return { ...statement, standing, agrees: statement.total.closing === standing.freeFen };
}

function standingOf(rows: readonly TrialRow[]): Standing {
  const owed = (classes: readonly string[]) =>
    rows.reduce((sum, row) => (row.unit === 'CNY' && classes.includes(row.className) ? sum + row.credit - row.debit : sum), 0);
  const freeFen = owed(restrictedLots);
  const reservedFen = owed(['payable', 'transit']);
  const apartFen = owed(['roster', 'refund', 'disputed']);
  const moneyFen = -owed([bank.className, provider.className, 'cash', 'cashInTransit']);
  return { freeFen, reservedFen, apartFen, moneyFen: moneyFen + 0, otherFen: moneyFen - freeFen - reservedFen - apartFen };
}
