import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { type LocalDate, shanghaiDay } from '../kernel/local-date';
import { findBatchOrThrow, findLines } from './find-payments';
import type { PaymentBatch } from './payment-batch.model';
import { accountOf, isUnanswered, type PaymentLine } from './payment-line.model';
import type { PracticeResultRef } from './payments.inputs';
import { type BankAnswer, type ResultLine, writeResultFile } from './result-file';

/** What the bank says of one line. */
type Said = Pick<ResultLine, 'answer' | 'reason'>;

const wrongName = '户名不符'; // the bank's own words, in its file: no translation

/** The bank's result file for an exported batch, with what `said` tells of each line. */
export function resultOfBatch(
  { number, encoding }: Pick<PaymentBatch, 'number' | 'encoding'>,
  lines: readonly PaymentLine[],
  day: LocalDate,
  said: (line: PaymentLine) => Said,
): Buffer {
  const rows = lines.map((line) => ({ sequence: line.sequence, account: accountOf(line), amountFen: line.amountFen, ...said(line) }));
  return writeResultFile({ batchNumber: number, lines: rows }, day, encoding);
}

/** A line that is paid, or one that came back because the name on the account is another. */
export function paidUnless(isReturned: boolean): Said {
  return isReturned ? { answer: 'returned', reason: wrongName } : { answer: 'paid', reason: '' };
}

/**
 * The file that the bank of the demonstration answers with: every open line paid, or the one of the smallest sum returned; what was answered
 * before stays as it was. The caller sees to it that this is a demonstration. @throws `state.not-allowed` before the export.
 */
export async function practiceResult(ctx: Context, { id, answer }: PracticeResultRef): Promise<{ name: string; bytes: Buffer }> {
  const batch = await findBatchOrThrow(ctx, id);
  if (!batch.exportedAt) fail('state.not-allowed', { from: batch.state.name, to: 'resulted' });
  const lines = await findLines(ctx, id);
  const returned = answer === 'oneReturned' ? smallest(lines.filter(isUnanswered)) : undefined;
  const said = (line: PaymentLine): Said =>
    isUnanswered(line) ? paidUnless(line === returned) : { answer: line.state.name as BankAnswer, reason: line.reason ?? '' };
  const day = shanghaiDay(ctx.clock.now());
  return { name: `${batch.number}-${answer}.txt`, bytes: resultOfBatch(batch, lines, day, said) };
}

function smallest(lines: readonly PaymentLine[]): PaymentLine | undefined {
  return [...lines].sort((a, b) => a.amountFen - b.amountFen)[0];
}
