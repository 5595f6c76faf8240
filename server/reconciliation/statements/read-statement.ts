import { halfWidth } from '../../kernel/half-width';
import { isLocalDate, type LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import { fen } from '../../kernel/money';
import { yuanToFen } from '../../kernel/money-text';
import type { TableRow } from '../../platform/spreadsheets/read-table';
import { type BankTemplate, bankTemplates } from './bank-templates';

/** One line of a statement: what came in is positive. */
export interface ReadLine {
  /** Row of the file, as a spreadsheet counts. */
  row: number;
  serial: string;
  day: LocalDate;
  amountFen: Fen;
  name: string;
  account: string;
  remark: string;
}

export const rowFaults = ['bad-serial', 'bad-day', 'future-day', 'bad-sum', 'no-sum', 'two-sums'] as const;
export type RowFault = (typeof rowFaults)[number];

/** A row that cannot be read: where in the file, by the head of its column, and what stands there. */
export interface FaultyRow {
  row: number;
  fault: RowFault;
  column: string;
  cell: string;
}

interface ReadStatement {
  template: string;
  lines: ReadLine[];
  /** Rows that cannot be read: they are told and left out. */
  faults: FaultyRow[];
  /** Rows of the file that say once more what another says. */
  doubles: number;
}

type Places = Readonly<Record<string, number>>;

const headWithin = 40;
const shownOfCell = 30;
const totals = /^(?:合计|总计|小计|本页合计|期初余额|期末余额|total)/i;
const serialShape = /^[A-Z0-9-]{4,40}$/;

/** Reads a table as the bank's statement; undefined where no known heads stand in its first rows. */
export function readStatement(rows: readonly TableRow[], today: LocalDate): ReadStatement | undefined {
  const head = findHead(rows);
  if (!head) return undefined;
  const { template, places, at } = head;
  const heads = rows[at]?.cells ?? [];
  const read: ReadStatement = { template: template.key, lines: [], faults: [], doubles: 0 };
  const seen = new Set<string>();
  for (const { line: row, cells } of rows.slice(at + 1)) {
    if (totals.test(cells.find((cell) => cell !== '') ?? '')) continue;
    const line = lineOf(template, places, cells, today);
    if ('fault' in line) {
      const place = places[line.at] ?? -1;
      read.faults.push({ row, fault: line.fault, column: heads[place] ?? '', cell: (cells[place] ?? '').slice(0, shownOfCell) });
      continue;
    }
    const same = `${line.serial}/${line.day}/${line.amountFen}`;
    if (seen.has(same)) read.doubles += 1;
    else read.lines.push({ row, ...line });
    seen.add(same);
  }
  return read;
}

function findHead(rows: readonly TableRow[]): { template: BankTemplate; places: Places; at: number } | undefined {
  for (const [at, { cells }] of rows.slice(0, headWithin).entries()) {
    for (const template of bankTemplates) {
      const places = placesOf(template, cells.map(bareHead));
      if (places) return { template, places, at };
    }
  }
  return undefined;
}

/** A head without blanks, units and capitals: banks write 金额（元） and 金 额 alike. */
function bareHead(head: string): string {
  return halfWidth(head)
    .replace(/\(.*?\)/g, '')
    .replace(/\s/g, '')
    .toLowerCase();
}

function placesOf({ columns, optional, sum }: BankTemplate, heads: readonly string[]): Places | undefined {
  const at = (names: readonly string[]) => {
    const found = names.map((name) => heads.indexOf(bareHead(name))).find((place) => place >= 0);
    return found ?? -1;
  };
  const needed =
    sum.how === 'twoColumns'
      ? { in: at(sum.in), out: at(sum.out) }
      : { sum: at(sum.sum), ...(sum.how === 'marked' && { mark: at(sum.mark) }) };
  const all = { serial: at(columns.serial), day: at(columns.day), ...needed };
  if (Object.values(all).some((place) => place < 0)) return undefined;
  return { ...all, name: at(optional.name), account: at(optional.account), remark: at(optional.remark) };
}

/** What is wrong, and in which column. */
interface Fault {
  fault: RowFault;
  at: string;
}

function lineOf(template: BankTemplate, places: Places, cells: readonly string[], today: LocalDate): Omit<ReadLine, 'row'> | Fault {
  const cell = (name: string) => cells[places[name] ?? -1] ?? '';
  const serial = halfWidth(cell('serial')).replace(/\s/g, '').toUpperCase();
  if (!serialShape.test(serial)) return { fault: 'bad-serial', at: 'serial' };
  const day = dayOf(cell('day'));
  if (!day) return { fault: 'bad-day', at: 'day' };
  if (day > today) return { fault: 'future-day', at: 'day' };
  const amountFen = sumOf(template, cell);
  if (typeof amountFen === 'object') return amountFen;
  const text = (name: string) => cell(name).replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '');
  const account = halfWidth(text('account')).replace(/[\s-]/g, '').slice(0, 40);
  return { serial, day, amountFen, name: text('name').slice(0, 80), account, remark: text('remark').slice(0, 200) };
}

/** `2026-11-24`, `20261124`, `2026/11/4`, `2026年11月24日`, with or without a time behind it. */
function dayOf(text: string): LocalDate | undefined {
  const [, year, month = '', day = ''] =
    /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[\sT]?\d{1,2}:\d{2}.*|\s*\d{6})?$/.exec(halfWidth(text).trim()) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(iso) ? iso : undefined;
}

function sumOf({ sum }: BankTemplate, cell: (name: string) => string): Fen | Fault {
  if (sum.how === 'twoColumns') {
    const [came, went] = [amountIn(cell('in')), amountIn(cell('out'))];
    if (came === undefined || went === undefined) return { fault: 'bad-sum', at: came === undefined ? 'in' : 'out' };
    if (came !== 0 && went !== 0) return { fault: 'two-sums', at: 'in' };
    return nonZero(came - went, 'in');
  }
  const amount = amountIn(cell('sum'));
  if (amount === undefined) return { fault: 'bad-sum', at: 'sum' };
  if (sum.how === 'signed') return nonZero(amount, 'sum');
  const mark = halfWidth(cell('mark')).trim().toUpperCase();
  if (sum.in.includes(mark)) return nonZero(amount, 'sum');
  return sum.out.includes(mark) ? nonZero(-amount, 'sum') : { fault: 'bad-sum', at: 'mark' };
}

/** An empty cell is nothing; a sum in red flows the other way. */
function amountIn(text: string): number | undefined {
  const bare = halfWidth(text)
    .replace(/^[+¥\s]+/, '')
    .trim();
  return bare === '' || bare === '-' || bare === '--' ? 0 : yuanToFen(bare, { signed: true });
}

function nonZero(amount: number, at: string): Fen | Fault {
  return amount === 0 ? { fault: 'no-sum', at } : fen(amount);
}
