import type { PoolBalance, PoolSums } from '../../ledger';
import { type Fund, fundOf, type Purpose, purposes } from '../purposes';
import { restrictionOf } from '../restrictions';
import { type Column, columnOf, columns } from './columns';

/** What moved for one purpose; each column is what it added (in, moved, other) or took (used, fees, givenBack). */
export interface StatementRow extends Readonly<Record<Column, number>> {
  purpose: Purpose;
  fund: Fund;
  opening: number;
  closing: number;
}

/** What came from one source, and in how many entries. */
interface SourceRow {
  /** `gift`, or the source of other income. */
  source: string;
  fen: number;
  entries: number;
}

export interface Statement {
  rows: readonly StatementRow[];
  total: Omit<StatementRow, 'purpose' | 'fund'>;
  sources: readonly SourceRow[];
}

const takes: ReadonlySet<Column> = new Set(['used', 'fees', 'givenBack']);

/**
 * The statement of a period: what lies in the pools now, less what moved after the period, is the closing; less what moved in it, the
 * opening. Money counts as used when it is set aside for a family, and comes back when the case is cancelled.
 */
export function buildStatement(
  now: readonly Pick<PoolBalance, 'code' | 'total'>[],
  during: readonly PoolSums[],
  after: readonly PoolSums[],
): Statement {
  const rows = purposes.map((purpose): StatementRow => {
    const own = during.filter(({ pool }) => restrictionOf(pool).purpose === purpose);
    const later = after.filter(({ pool }) => restrictionOf(pool).purpose === purpose);
    const standing = now.filter(({ code }) => restrictionOf(code).purpose === purpose).reduce((sum, { total }) => sum + total, 0);
    const closing = standing - changeOf(later);
    return { purpose, fund: fundOf(purpose), opening: closing - changeOf(own), ...byColumn(own), closing };
  });
  return { rows: rows.filter(hasFigures), total: totalOf(rows), sources: sourcesOf(during) };
}

function changeOf(sums: readonly PoolSums[]): number {
  return sums.reduce((sum, row) => sum + row.in - row.out, 0);
}

function byColumn(sums: readonly PoolSums[]): Record<Column, number> {
  const figures = columns.map((column) => {
    const change = changeOf(sums.filter(({ kind }) => columnOf(kind) === column));
    return [column, takes.has(column) && change !== 0 ? -change : change] as const;
  });
  return Object.fromEntries(figures) as Record<Column, number>;
}

const fields = ['opening', ...columns, 'closing'] as const;

function hasFigures(row: StatementRow): boolean {
  return fields.some((field) => row[field] !== 0);
}

function totalOf(rows: readonly StatementRow[]): Statement['total'] {
  return Object.fromEntries(
    fields.map((field) => [field, rows.reduce((sum, row) => sum + row[field], 0)]),
  ) as unknown as Statement['total'];
}

/** `gift` → gift, `income:interest` → interest: the lot says where its money came from. */
function sourcesOf(during: readonly PoolSums[]): SourceRow[] {
  const found = new Map<string, SourceRow>();
  for (const row of during.filter(({ kind }) => columnOf(kind) === 'in')) {
    const source = row.stem.split(':').at(-1) ?? row.stem;
    const before = found.get(source) ?? { source, fen: 0, entries: 0 };
    found.set(source, { source, fen: before.fen + row.in - row.out, entries: before.entries + row.lines });
  }
  return [...found.values()].sort((a, b) => b.fen - a.fen);
}
