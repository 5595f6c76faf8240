import { type RecordIncomeInput, recordIncome } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { fen } from '../../kernel/money';
import { findLineOrThrow } from '../statements/find-statements';
import { lineStates } from '../statements/statement.states';
import type { StatementLine } from '../statements/statement-line.model';
import { noteMatch } from './note-match';

/** What a line does not say of money that is no gift: whose it is, on what ground, for what. */
export type IncomeOfLine = Omit<RecordIncomeInput, 'bankSerial' | 'receivedOn' | 'amount'> & { id: string };

/** Books a line as money that is no gift (county budget, interest of the bank …), with its serial number, so that it cannot be booked twice. */
export async function makeIncomeOfLine(ctx: Context, { id, ...said }: IncomeOfLine): Promise<StatementLine> {
  const line = await findLineOrThrow(ctx, id);
  if (line.state.name === 'matched') return line; // a second click
  lineStates.assertMay(line.state.name, 'matched');
  if (line.amountFen <= 0) fail('state.not-allowed', { from: 'out', to: 'income' });
  const income = await recordIncome(ctx, { ...said, bankSerial: line.serial, receivedOn: line.day, amount: fen(line.amountFen) });
  return noteMatch(ctx, line, { how: 'hand', entries: [`income:${income._id}:recorded`] });
}
