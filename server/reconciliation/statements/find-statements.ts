import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { anyOf, operator } from '../../platform/mongo/operators';
import { type Page, pageOf } from '../../platform/mongo/page-of';
import type { PageRequest } from '../../platform/validation/types';
import { BankStatement } from './bank-statement.model';
import type { LineState } from './statement.states';
import { StatementLine } from './statement-line.model';

/** Statements belong to the county: the guard of the route says who sees them. */
export async function findStatementOrThrow(ctx: Context, id: string): Promise<BankStatement> {
  return (await BankStatement.findOne({ _id: id, ledger: ctx.ledger }).lean<BankStatement>()) ?? fail('not-found');
}

/** Statements, the newest first. */
export async function findStatements(ctx: Context, page: PageRequest): Promise<Page<BankStatement>> {
  return pageOf(BankStatement, { filter: { ledger: ctx.ledger }, order: { uploadedAt: -1 } }, page);
}

export async function findLineOrThrow(ctx: Context, id: string): Promise<StatementLine> {
  return (await StatementLine.findOne({ _id: id, ledger: ctx.ledger }).lean<StatementLine>()) ?? fail('not-found');
}

/** Lines in one state, of one file if told, the oldest day first. */
export async function findLines(
  ctx: Context,
  { state, statement, ...page }: { state: LineState; statement?: string | undefined } & PageRequest,
): Promise<Page<StatementLine>> {
  const filter = { ledger: ctx.ledger, 'state.name': state, ...(statement && { statement }) };
  return pageOf(StatementLine, { filter, order: { day: 1 } }, page);
}

/** How many lines are in each state, and their sums that came and went. */
export async function countLines(ctx: Context, statement?: string): Promise<Map<string, { count: number; inFen: number; outFen: number }>> {
  const found = await StatementLine.aggregate<{ _id: string; count: number; inFen: number; outFen: number }>([
    { $match: { ledger: ctx.ledger, ...(statement && { statement }) } },
    {
      $group: {
        _id: '$state.name',
        count: { $sum: 1 },
        inFen: { $sum: { $max: ['$amountFen', 0] } },
        outFen: { $sum: { $max: [{ $multiply: ['$amountFen', -1] }, 0] } },
      },
    },
  ]);
  return new Map(found.map(({ _id, ...sums }) => [_id, sums]));
}

/** How many lines wait for somebody. */
export async function countOpenLines(ctx: Pick<Context, 'ledger'>): Promise<number> {
  return StatementLine.countDocuments({ ledger: ctx.ledger, 'state.name': 'open' });
}

/** Which of these ids are lines already. */
export async function knownLines(ctx: Context, ids: readonly string[]): Promise<Set<string>> {
  const found = await StatementLine.find({ ledger: ctx.ledger, _id: anyOf(ids) }, { _id: 1 }).lean<{ _id: string }[]>();
  return new Set(found.map(({ _id }) => _id));
}

/** Open lines of a file from a row on, in the order of the file. */
export async function openLinesAfter(ctx: Context, statement: string, row: number, limit: number): Promise<StatementLine[]> {
  return StatementLine.find({ ledger: ctx.ledger, statement, row: operator({ $gt: row }), 'state.name': 'open' })
    .sort({ row: 1, _id: 1 })
    .limit(limit)
    .lean<StatementLine[]>();
}
