import type { LocalDate } from '../kernel/local-date';
import { fen } from '../kernel/money';
import { fenToYuanText, yuanToFen } from '../kernel/money-text';
import { decodeText, encodeText, type TextEncoding } from '../platform/files/text-encoding';
import { compactDay, sequenceText } from './bank-file';

/** What the bank says of one line. `unknown`: it has no answer yet; such a line is asked about and never sent again (DOMAIN 6, BP4). */
export type BankAnswer = 'paid' | 'returned' | 'unknown';

export interface ResultLine {
  sequence: number;
  account: string;
  amountFen: number;
  answer: BankAnswer;
  /** The bank's own words for a return. */
  reason: string;
}

export interface ResultFile {
  batchNumber: string;
  lines: ResultLine[];
}

/** Why a file cannot be read at all, and in which row. Nothing of such a file is used. */
export interface ResultFileFault {
  code: 'not-text' | 'no-head' | 'bad-row' | 'wrong-count';
  row: number;
}

const marks: Readonly<Record<BankAnswer, string>> = { paid: 'S', returned: 'F', unknown: 'U' };
const answers = new Map(Object.entries(marks).map(([answer, mark]) => [mark, answer as BankAnswer]));
const mostRows = 10_000;

/**
 * Reads the bank's result file, which is another format than the one it was sent: `R|batch|day|count`, then
 * `sequence|account|amount|S, F or U|reason`; UTF-8 or GB18030, any line ends. All or nothing: half a file is a damaged file.
 */
export function readResultFile(bytes: Uint8Array): ResultFile | ResultFileFault {
  const text = decodeText(bytes);
  if (text === undefined || text.includes('\0')) return { code: 'not-text', row: 0 };
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((row) => row.trim() !== '');
  const [mark, batchNumber, , count] = rows[0]?.split('|') ?? [];
  if (mark !== 'R' || !batchNumber || !count) return { code: 'no-head', row: 1 };
  if (rows.length - 1 !== Number(count) || rows.length > mostRows) return { code: 'wrong-count', row: rows.length };

  const lines: ResultLine[] = [];
  for (const [index, row] of rows.slice(1).entries()) {
    const line = lineOf(row);
    if (!line) return { code: 'bad-row', row: index + 2 };
    lines.push(line);
  }
  return { batchNumber, lines };
}

function lineOf(row: string): ResultLine | undefined {
  const [sequence = '', account = '', amount = '', mark = '', reason = ''] = row.split('|').map((cell) => cell.trim());
  const amountFen = /^\d+\.\d{2}$/.test(amount) ? yuanToFen(amount) : undefined;
  const answer = answers.get(mark);
  if (!/^\d{1,6}$/.test(sequence) || !/^\d{16,19}$/.test(account) || amountFen === undefined || !answer) return undefined;
  return { sequence: Number(sequence), account, amountFen, answer, reason: reason.slice(0, 100) };
}

/** The bytes that {@link readResultFile} reads, LF after each line: what the bank of the demonstration and of the tests sends. */
export function writeResultFile({ batchNumber, lines }: ResultFile, day: LocalDate, encoding: TextEncoding): Buffer {
  const head = ['R', batchNumber, compactDay(day), lines.length];
  const rows = lines.map(({ sequence, account, amountFen, answer, reason }) => [
    sequenceText(sequence),
    account,
    fenToYuanText(fen(amountFen)),
    marks[answer],
    reason,
  ]);
  return encodeText([head, ...rows].map((row) => `${row.join('|')}\n`).join(''), encoding);
}
