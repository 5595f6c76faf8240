import type { Worksheet } from 'exceljs';
import { failField } from '../../kernel/errors';
import { encodeText } from '../files/text-encoding';
import { isZip, openWorkbook, recordsIn } from './read-table';

/** What is written beside the rows of a table that somebody brought. */
export interface Notes {
  /** The row with the heads of the columns, and the head of the column for the notes. */
  headRow: number;
  head: string;
  /** By row as `readTable` counts. */
  byRow: ReadonlyMap<number, string>;
}

/**
 * The same table with one more column that holds the notes; all else stays as it was. A file that has such a column already, since it came
 * back before, gets its notes anew. A text file keeps its encoding and what stands between its cells.
 */
export async function annotateTable(bytes: Buffer, notes: Notes): Promise<{ bytes: Buffer; extension: 'xlsx' | 'csv' }> {
  if (!isZip(bytes)) return { bytes: annotateText(bytes, notes), extension: 'csv' };
  const workbook = await openWorkbook(bytes);
  const [sheet] = workbook.worksheets;
  if (!sheet) return failField('file', 'not-a-table');
  const column = columnIn(sheet, notes);
  sheet.getRow(notes.headRow).getCell(column).value = notes.head;
  sheet.getColumn(column).width = 50;
  sheet.eachRow((row, line) => {
    if (line > notes.headRow) row.getCell(column).value = notes.byRow.get(line) ?? null;
  });
  return { bytes: Buffer.from(await workbook.xlsx.writeBuffer()), extension: 'xlsx' };
}

function columnIn(sheet: Worksheet, { headRow, head }: Notes): number {
  let last = 0;
  let found: number | undefined;
  sheet.getRow(headRow).eachCell((cell, column) => {
    last = column;
    if (cell.text === head) found = column;
  });
  return found ?? Math.max(last, sheet.actualColumnCount) + 1;
}

function annotateText(bytes: Buffer, { headRow, head, byRow }: Notes): Buffer {
  const { records, delimiter } = recordsIn(bytes);
  const heads = records.find(({ info }) => info.lines === headRow)?.record ?? [];
  const known = heads.indexOf(head);
  const column = known >= 0 ? known : Math.max(...records.map(({ record }) => record.length));
  const lines = records.map(({ record, info }) => {
    const cells = Array.from({ length: column }, (_, at) => record[at] ?? '');
    const note = info.lines === headRow ? head : (byRow.get(info.lines) ?? '');
    return [...cells, note, ...record.slice(column + 1)].map((cell) => quoted(cell, delimiter)).join(delimiter);
  });
  const isUtf8 = bytes.equals(Buffer.from(bytes.toString('utf8'), 'utf8'));
  const text = `${lines.join('\r\n')}\r\n`;
  return isUtf8 ? Buffer.from(`\uFEFF${text}`, 'utf8') : encodeText(text, 'GB18030');
}

function quoted(cell: string, delimiter: string): string {
  return /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
