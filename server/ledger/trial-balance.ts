import type { Context } from '../kernel/context';
import type { Side, Unit } from './chart';
import { accounts, entries } from './collections';
import { atOneMoment, type Moment } from './one-moment';

/** All accounts of one class and unit together. One of the two sums is 0 unless balances of the class lie on both sides. */
export interface TrialRow {
  className: string;
  unit: Unit;
  accounts: number;
  debit: number;
  credit: number;
}

const allowances = 'allowance:'; // limits are accounts, too, but no part of the books that people read

interface Sums {
  _id: { className: string; unit: Unit };
  accounts: number;
  debit: number;
  credit: number;
}

/** The trial balance now, from the accounts' balances; per unit the two sums agree. Allowances are left out. */
export async function trialBalance(ctx: Context): Promise<TrialRow[]> {
  return atOneMoment(ctx, (moment) => trialBalanceOf(ctx, moment)); // one read across many accounts could have half of a commit
}

/** The same at a moment at which more is read. */
export async function trialBalanceOf(ctx: Context, { session }: Moment): Promise<TrialRow[]> {
  const rows = await accounts()
    .aggregate<Sums>(
      [
        { $match: { ledger: ctx.ledger } },
        { $project: { unit: 1, side: 1, balance: 1, className: classOf('$_id', ctx.ledger.length + 1) } },
        {
          $group: {
            _id: { className: '$className', unit: '$unit' },
            accounts: { $sum: 1 },
            debit: { $sum: balanceOn('debit') },
            credit: { $sum: balanceOn('credit') },
          },
        },
      ],
      { session },
    )
    .toArray();
  return sorted(rows.map(({ _id, ...sums }) => ({ ..._id, ...sums })));
}

/** The trial balance as it stood after entry `seq`, summed from the legs. */
export async function trialBalanceAt(ctx: Context, seq: number): Promise<TrialRow[]> {
  const rows = await entries()
    .aggregate<Sums>([
      { $match: { ledger: ctx.ledger, seq: { $lte: seq } } },
      { $unwind: '$legs' },
      { $group: { _id: { account: '$legs.account', unit: '$legs.unit' }, sum: { $sum: '$legs.amount' } } },
      {
        $group: {
          _id: { className: classOf('$_id.account', 0), unit: '$_id.unit' },
          accounts: { $sum: 1 },
          debit: { $sum: { $max: ['$sum', 0] } },
          credit: { $sum: { $max: [{ $multiply: ['$sum', -1] }, 0] } },
        },
      },
    ])
    .toArray();
  return sorted(rows.map(({ _id, ...sums }) => ({ ..._id, ...sums })));
}

function classOf(field: string, skip: number): object {
  const name = skip === 0 ? field : { $substrBytes: [field, skip, -1] };
  return { $arrayElemAt: [{ $split: [name, ':'] }, 0] };
}

/** What of a balance lies on a side: on the account's own when positive, on the other when negative. */
function balanceOn(side: Side): object {
  const own = { $max: ['$balance', 0] };
  const other = { $max: [{ $multiply: ['$balance', -1] }, 0] };
  return { $cond: [{ $eq: ['$side', side] }, own, other] };
}

function sorted(rows: TrialRow[]): TrialRow[] {
  const shown = rows.filter((row) => !row.unit.startsWith(allowances));
  return shown.sort((a, b) => (a.unit + a.className < b.unit + b.className ? -1 : 1));
}
