import { Workbook, type Worksheet } from 'exceljs';
import type { LocalDate } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import { withoutClock } from './without-clock';

/** What stands in a column: `text` also for identifiers and card numbers, which Excel would round; `yuan` takes whole fen. */
type ColumnKind = 'text' | 'yuan' | 'whole' | 'date';

interface Column {
  head: string;
  kind: ColumnKind;
  /** In characters of Latin text; a Chinese one takes two. */
  width: number;
  /** What may be chosen in its cells; other texts are refused by the spreadsheet. */
  choices?: readonly string[];
}

type Cell = string | Fen | number | LocalDate | undefined;

export interface Sheet {
  /** At most 31 characters; what Excel forbids in it is replaced. */
  name: string;
  /** Lines above the table: what it shows, for when. */
  above: readonly string[];
  columns: readonly Column[];
  rows: Iterable<readonly Cell[]>;
  /** A last row in bold. */
  total?: readonly Cell[];
}

const formats: Record<ColumnKind, string> = { text: '@', yuan: '#,##0.00', whole: '#,##0', date: 'yyyy-mm-dd' };

/**
 * An .xlsx file. Amounts are numbers that a spreadsheet can add up, dates are dates, and text stays text: nothing that begins with
 * `=`, `+`, `-` or `@` becomes a formula. With `sameBytes` equal content is equal bytes, whenever it is written.
 */
export async function writeWorkbook(sheets: readonly Sheet[], { sameBytes = false } = {}): Promise<Buffer> {
  const workbook = new Workbook();
  if (sameBytes) workbook.created = workbook.modified = new Date(0);
  for (const sheet of sheets) fill(workbook.addWorksheet(sheet.name.replace(/[*?:/\\[\]]/g, ' ').slice(0, 31)), sheet);
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  return sameBytes ? withoutClock(bytes) : bytes;
}

function fill(page: Worksheet, { above, columns, rows, total }: Sheet): void {
  for (const line of above) page.addRow([line]);
  const head = page.addRow(columns.map((column) => column.head));
  head.font = { bold: true };
  head.alignment = { vertical: 'middle' };
  page.views = [{ state: 'frozen', ySplit: head.number }];
  for (const [index, { kind, width }] of columns.entries()) {
    const column = page.getColumn(index + 1);
    column.width = width;
    column.numFmt = formats[kind];
  }
  const asValues = (row: readonly Cell[]) => row.map((cell, index) => excelValue(cell, columns[index]?.kind ?? 'text'));
  for (const row of rows) page.addRow(asValues(row));
  offerChoices(page, columns, head.number + 1);
  if (total) page.addRow(asValues(total)).font = { bold: true };
}

const lastChoiceRow = 20_000;

function offerChoices(page: Worksheet, columns: readonly Column[], firstRow: number): void {
  const rules = (page as unknown as { dataValidations: { add(range: string, rule: object): void } }).dataValidations; // its types lack it
  for (const [index, { choices }] of columns.entries()) {
    const letter = page.getColumn(index + 1).letter;
    if (choices)
      rules.add(`${letter}${firstRow}:${letter}${lastChoiceRow}`, { type: 'list', allowBlank: true, formulae: [`"${choices.join(',')}"`] });
  }
}

function excelValue(cell: Cell, kind: ColumnKind): string | number | Date | null {
  if (cell === undefined || cell === '') return null;
  if (kind === 'yuan') return Number(cell) / 100; // Excel has binary fractions only; to the fen they are exact
  if (kind === 'date') return new Date(`${cell}T00:00:00Z`);
  return kind === 'whole' ? Number(cell) : String(cell);
}
