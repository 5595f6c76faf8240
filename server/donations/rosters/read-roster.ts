import { type Purpose, purposes } from '../../funds';
import { halfWidth } from '../../kernel/half-width';
import { type Fen, fen } from '../../kernel/money';
import { yuanToFen } from '../../kernel/money-text';
import type { TableRow } from '../../platform/spreadsheets/read-table';

export const rowFaults = [
  'no-name',
  'name-too-long',
  'no-sum',
  'bad-sum',
  'sum-not-above-zero',
  'sum-too-large',
  'bad-purpose',
  'not-the-gifts-purpose',
  'bad-named',
] as const;
export type RowFault = (typeof rowFaults)[number];

/** One member's part, as the file says it. */
export interface ReadRow {
  /** Row of the file, as a spreadsheet counts. */
  row: number;
  name: string;
  amountFen: Fen;
  purpose: Purpose;
  isNamed: boolean;
}

interface ReadRoster {
  /** The row with the heads of the columns. */
  headRow: number;
  rows: ReadRow[];
  /** Rows with all that is wrong in each. */
  faults: { row: number; faults: RowFault[] }[];
  doubles: number;
}

/** The words of people for what a row is for, and what the gift itself is for. */
interface Reading {
  purposeOf: ReadonlyMap<string, Purpose>;
  giftPurpose: Purpose;
}

const columns = {
  name: ['姓名', '会员姓名', '会员', '捐款人', '捐赠人', '职工姓名', 'Name', 'Member'],
  sum: ['金额', '捐款金额', '捐赠金额', '捐款', 'Amount', 'Sum'],
  purpose: ['用途', '捐款用途', '捐赠用途', 'Purpose'],
  named: ['署名', '是否署名', '可以公开姓名', '公开姓名', 'Named', 'Show name'],
} as const;

const headWithin = 40;
const longestName = 40;
const largestFen = fen(10_000_000_00); // of one member: more is a slip of the finger
const totals = /^(?:合计|总计|小计|total)/i;
const yes = new Set(['是', '署名', '公开', 'yes', 'y', '√', '1', 'true']);
const no = new Set(['', '否', '不署名', '匿名', '不公开', 'no', 'n', '×', '0', 'false']);

/** Reads a table as a roster; undefined where no row names the columns for name and sum. */
export function readRoster(table: readonly TableRow[], reading: Reading): ReadRoster | undefined {
  const head = findHead(table);
  if (!head) return undefined;
  const read: ReadRoster = { headRow: head.row, rows: [], faults: [], doubles: 0 };
  const seen = new Set<string>();
  for (const { line: row, cells } of table.slice(head.at + 1)) {
    const cell = (name: keyof typeof columns) => cells[head.places[name]] ?? '';
    if (totals.test(cells.find((one) => one !== '') ?? '')) continue;
    if (Object.values(head.places).every((place) => (cells[place] ?? '') === '')) continue; // a remark beside the table
    const { faults, ...said } = rowOf(cell, reading);
    if (faults.length > 0) {
      read.faults.push({ row, faults });
      continue;
    }
    const same = `${said.name}/${said.amountFen}`;
    if (seen.has(same)) read.doubles += 1;
    seen.add(same);
    read.rows.push({ row, ...said });
  }
  return read;
}

function findHead(table: readonly TableRow[]) {
  for (const [at, { cells, line: row }] of table.slice(0, headWithin).entries()) {
    const heads = cells.map(bareHead);
    const place = (names: readonly string[]) => {
      const known = new Set(names.map(bareHead));
      return heads.findIndex((head) => known.has(head));
    };
    const places = { name: place(columns.name), sum: place(columns.sum), purpose: place(columns.purpose), named: place(columns.named) };
    if (places.name >= 0 && places.sum >= 0) return { at, row, places };
  }
  return undefined;
}

/** A head without blanks, units and capitals: 金额（元） and 金 额 are one. */
function bareHead(head: string): string {
  return halfWidth(head)
    .replace(/\(.*?\)/g, '')
    .replace(/\s/g, '')
    .toLowerCase();
}

function rowOf(cell: (name: keyof typeof columns) => string, { purposeOf, giftPurpose }: Reading) {
  const faults: RowFault[] = [];
  const name = cell('name')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
  if (name === '') faults.push('no-name');
  if ([...name].length > longestName) faults.push('name-too-long');
  const amountFen = sumIn(cell('sum'), faults);
  const typed = bareHead(cell('purpose'));
  const purpose = typed === '' ? giftPurpose : purposeOf.get(typed);
  if (purpose === undefined) faults.push('bad-purpose');
  else if (giftPurpose !== 'general' && purpose !== giftPurpose) faults.push('not-the-gifts-purpose');
  const said = halfWidth(cell('named')).trim().toLowerCase();
  if (!yes.has(said) && !no.has(said)) faults.push('bad-named');
  return { name, amountFen, purpose: purpose ?? giftPurpose, isNamed: yes.has(said), faults };
}

function sumIn(text: string, faults: RowFault[]): Fen {
  const amountFen = text.trim() === '' ? undefined : yuanToFen(text, { signed: true });
  if (text.trim() === '') faults.push('no-sum');
  else if (amountFen === undefined) faults.push('bad-sum');
  else if (amountFen <= 0) faults.push('sum-not-above-zero');
  else if (amountFen > largestFen) faults.push('sum-too-large');
  return amountFen ?? fen(0);
}

/** The key under which a person's word for a purpose is found, whatever its width and capitals. */
export function purposeKey(word: string): string {
  return bareHead(word);
}

/** What the rows of each purpose are together, in the order of the purposes. */
export function partsOf(rows: readonly ReadRow[]): { purpose: Purpose; count: number; sumFen: Fen }[] {
  return purposes.flatMap((purpose) => {
    const own = rows.filter((row) => row.purpose === purpose);
    return own.length === 0 ? [] : [{ purpose, count: own.length, sumFen: fen(own.reduce((sum, { amountFen }) => sum + amountFen, 0)) }];
  });
}
