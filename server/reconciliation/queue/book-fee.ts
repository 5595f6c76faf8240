import { recorded } from '../../audit';
import { coverFees, isRefundToGo, uncoveredFees } from '../../donations';
import { BankReceipt, mainBank, outgoingLineId } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { fen } from '../../kernel/money';
import { credit, dayOfEntry, debit, isRefused, post } from '../../ledger';
import { absent, change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { countyCode } from '../../regions';
import { settingInForce } from '../../settings';
import { bankFeePaid } from '../reconciliation.accounts';
import type { BookFeeInput } from '../reconciliation.inputs';
import { mostBankFee } from '../reconciliation.settings';
import { findLineOrThrow } from '../statements/find-statements';
import { lineStates } from '../statements/statement.states';
import { StatementLine } from '../statements/statement-line.model';
import { claimId, EntryClaim } from './entry-claim.model';

/**
 * Books a line as what the bank has kept for its work: line and entry in one commit. Running costs pay it as far as they have money; what
 * they cannot pay yet stands open until they can, and no gift is drawn for it. Whoever booked it does not close its day alone.
 * @throws `state.not-allowed`, `reconciliation.fee-too-large`, `reconciliation.fee-is-refund` while an approved refund of this sum is to go, `rule.none-in-force`
 */
export async function bookFee(ctx: Context, { id, fee }: BookFeeInput): Promise<StatementLine> {
  const line = await findLineOrThrow(ctx, id);
  if (line.state.name === 'matched' && line.match?.fee === fee) return line; // a second click
  const state = lineStates.enter(line.state, 'matched', ctx);
  const feeFen = fen(Math.abs(line.amountFen));
  if (line.amountFen >= 0) fail('state.not-allowed', { from: 'in', to: 'fee' });
  await assertNotTooLarge(ctx, feeFen);
  const key = `bankLine:${id}:fee`;
  if (await isRefundToGo(ctx, feeFen)) fail('reconciliation.fee-is-refund');
  const claim = claimId(ctx, key);
  const receipt = outgoingLineId(ctx, line.serial, feeFen);
  try {
    await post(ctx, {
      key,
      kind: bankFeePaid,
      source: { type: 'bankLine', id },
      effectiveOn: await dayOfEntry(ctx, line.day),
      tags: { purpose: 'operating' },
      facts: { fee, serial: line.serial },
      legs: [debit(uncoveredFees, feeFen), credit(mainBank, feeFen)],
      guards: [unchanged(StatementLine, line), absent(EntryClaim, claim), absent(BankReceipt, receipt)],
      writes: () => [
        change(StatementLine, line, { state, match: { how: 'hand', entries: [key], fee }, hint: undefined }),
        insertion(ctx, EntryClaim, { _id: claim, line: id }),
        insertion(ctx, BankReceipt, { _id: receipt, gift: id }),
        recorded(ctx, 'bankLine.feeBooked', { type: 'bankLine', id }, { amountFen: feeFen, fee }),
      ],
    });
  } catch (error) {
    if (isRefused(error, 'stale') || isRefused(error, 'exists')) fail('state.stale');
    throw error;
  }
  await coverFees(ctx);
  return findLineOrThrow(ctx, id);
}

async function assertNotTooLarge(ctx: Context, feeFen: number): Promise<void> {
  const { value: mostFen } = await settingInForce(ctx, mostBankFee, { day: shanghaiDay(ctx.clock.now()), place: countyCode() });
  if (feeFen > mostFen) fail('reconciliation.fee-too-large', { mostFen });
}
