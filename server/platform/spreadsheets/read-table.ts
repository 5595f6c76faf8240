import { parse } from 'csv-parse/sync';
import { type CellValue, Workbook } from 'exceljs';
import JSZip from 'jszip';
import { failField } from '../../kernel/errors';
import { otherFileIn } from '../files/file-kind';
import { decodeText } from '../files/text-encoding';

/** What a table may hold, so that a file cannot fill the memory. */
export interface TableLimits {
  rows: number;
  columns: number;
}

/** A row as text, with its number in the file as a spreadsheet shows it. */
export interface TableRow {
  line: number;
  cells: string[];
}

const unpackedBytes = 120 * 2 ** 20;

/**
 * The rows of an uploaded table: the first sheet of an .xlsx file, or a text file in UTF-8 or GBK with commas, semicolons or tabs.
 * Blank rows are left out; cells are trimmed. Dates become `2026-11-24`, numbers plain digits.
 * @throws AppError at the field `file` when it is neither, is empty or broken, or holds more than `limits`.
 */
export async function readTable(bytes: Buffer, limits: TableLimits): Promise<TableRow[]> {
  const other = otherFileIn(bytes);
  if (other) failField('file', `file-${other}`);
  const rows = isZip(bytes) ? await readSheet(bytes, limits) : readText(bytes, limits);
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  return filled.length > 0 ? filled : failField('file', 'file-empty');
}

/** Begins like the archive that an .xlsx file is. */
export function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));
}

async function readSheet(bytes: Buffer, limits: TableLimits): Promise<TableRow[]> {
  const workbook = await openWorkbook(bytes);
  const [sheet] = workbook.worksheets;
  if (!sheet) failField('file', 'not-a-table');
  if (sheet.actualRowCount > limits.rows) failField('file', 'too-many-rows', { rows: limits.rows });
  const rows: TableRow[] = [];
  sheet.eachRow((row, line) => {
    const cells: string[] = [];
    for (let column = 1; column <= Math.min(row.cellCount, limits.columns); column += 1) cells.push(textOf(row.getCell(column).value));
    rows.push({ line, cells });
  });
  return rows;
}

/** Opens an .xlsx file, of which nobody knows yet whether it is one. */
export async function openWorkbook(bytes: Buffer): Promise<Workbook> {
  const workbook = new Workbook();
  try {
    if (!(await unpacksWithin(bytes, unpackedBytes))) failField('file', 'too-large');
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  } catch (error) {
    if (error instanceof Error && error.name === 'AppError') throw error;
    failField('file', 'not-a-table');
  }
  return workbook;
}

/**
 * Whether all parts together unpack to so many bytes at most. What an archive says of their sizes may be a lie, so they are unpacked and
 * counted, and let go; by the reader that ExcelJS uses, since another might find other parts in the same archive.
 */
async function unpacksWithin(bytes: Buffer, most: number): Promise<boolean> {
  const { files } = await JSZip.loadAsync(bytes);
  let left = most;
  for (const part of Object.values(files)) {
    left -= await unpackedSize(part, left);
    if (left < 0) return false;
  }
  return true;
}

/** How many bytes a part unpacks to; it stops soon after the most that are allowed. */
function unpackedSize(part: JSZip.JSZipObject, most: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = part.nodeStream();
    let size = 0;
    stream.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size <= most) return;
      stream.pause();
      resolve(size);
    });
    stream.on('end', () => resolve(size));
    stream.on('error', reject);
  });
}

function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10); // dates of a sheet have no time zone
  if (typeof value === 'number') return String(Number(value.toPrecision(15))); // what Excel itself shows
  if (typeof value !== 'object') return String(value).normalize('NFC').trim();
  if ('richText' in value)
    return value.richText
      .map(({ text }) => text)
      .join('')
      .normalize('NFC')
      .trim();
  if ('text' in value) return textOf(value.text as CellValue);
  if ('result' in value) return textOf(value.result as CellValue);
  return ''; // an error, or a formula that was never calculated
}

function readText(bytes: Buffer, limits: TableLimits): TableRow[] {
  const { records } = recordsIn(bytes, limits.rows + 1);
  if (records.length > limits.rows) failField('file', 'too-many-rows', { rows: limits.rows });
  return records.map(({ record, info }) => ({ line: info.lines, cells: record.slice(0, limits.columns).map(trimmed) }));
}

interface TextRecord {
  record: string[];
  info: { lines: number };
}

/** The records of a text file as they stand there, at most `to` of them, and what stands between their cells. */
export function recordsIn(bytes: Buffer, to?: number): { records: TextRecord[]; delimiter: string } {
  const text = decodeText(bytes);
  if (text === undefined || text.includes('\0')) failField('file', 'not-a-table');
  const delimiter = delimiterOf(text);
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      ...(to !== undefined && { to }),
      max_record_size: 100_000,
      info: true,
    }) as unknown as TextRecord[]; // its types do not know `info`
    return { records, delimiter };
  } catch {
    return failField('file', 'not-a-table');
  }
}

/** Whichever of the three is most frequent in the first lines; banks write a heading without any above their table. */
function delimiterOf(text: string): string {
  const beginning = text.slice(0, 4000);
  const count = (sign: string) => beginning.split(sign).length;
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function trimmed(cell: string): string {
  return cell.normalize('NFC').trim();
}
