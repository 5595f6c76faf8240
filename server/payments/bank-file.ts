import { createHash } from 'node:crypto';
import { invariant } from '../kernel/errors';
import type { LocalDate } from '../kernel/local-date';
import { fen, sumFen } from '../kernel/money';
import { fenToYuanText } from '../kernel/money-text';
import { encodeText, type TextEncoding } from '../platform/files/text-encoding';

/** One payment to one bank account. `sequence` counts from 1 within the batch. */
interface BankFileLine {
  sequence: number;
  account: string;
  /** Exactly as the bank has it: a wrong character comes back as a return. */
  name: string;
  amountFen: number;
}

export interface BankFileBatch {
  number: string;
  day: LocalDate;
  purpose: string;
  lines: readonly BankFileLine[];
}

/** What two people sign: a changed byte changes the hash. */
export interface BankFile {
  bytes: Buffer;
  sha256: string;
  count: number;
  totalFen: number;
}

const forbidden = /[|\p{Cc}]/u;

/**
 * The file that the agent bank takes for one batch (一卡通 payments): a head with batch, day, count and total, then one line a payee, LF
 * after each; sums with two decimals, no sign, no separators, bank accounts as text (DOMAIN 6, BP3). Deterministic to the byte.
 */
export function bankFile(batch: BankFileBatch, encoding: TextEncoding): BankFile {
  const totalFen = sumFen(batch.lines.map(({ amountFen }) => fen(amountFen)));
  const head = ['H', batch.number, compactDay(batch.day), batch.lines.length, fenToYuanText(totalFen)];
  const rows = batch.lines.map((line) => lineOf(line, batch.purpose));
  const bytes = encodeText([head, ...rows].map((row) => `${row.join('|')}\n`).join(''), encoding);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), count: batch.lines.length, totalFen };
}

function lineOf({ sequence, account, name, amountFen }: BankFileLine, purpose: string): (string | number)[] {
  invariant(amountFen > 0, 'bank-file.amount-above-zero', { sequence });
  invariant(!forbidden.test(name) && !forbidden.test(purpose), 'bank-file.one-field-each', { sequence });
  return ['D', sequenceText(sequence), account, name, fenToYuanText(fen(amountFen)), purpose];
}

/** `1` → `0001`: how the file numbers its lines. */
export function sequenceText(sequence: number): string {
  return String(sequence).padStart(4, '0');
}

/** `2026-03-12` → `20260312`: how the bank writes a day. */
export function compactDay(day: LocalDate): string {
  return day.replaceAll('-', '');
}
