import { createHash } from 'node:crypto';
import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { post } from '../ledger';
import { absent, change, insertion, unchanged } from '../platform/mongo/document-writes';
import { answerLine } from './answer-line';
import { assertNoHand } from './assert-no-hand';
import { BankResult, type QuarantinedRow } from './bank-result.model';
import { findBatchByNumber, findBatchOrThrow, findLines } from './find-payments';
import { matchResults } from './match-results';
import { PaymentBatch } from './payment-batch.model';
import { accountOf } from './payment-line.model';
import { resultRead } from './payments.accounts';
import { batchStates, lineStates } from './payments.states';
import { type BankAnswer, type ResultLine, readResultFile } from './result-file';

const field = 'file';

/**
 * Reads a bank's result file: each matched line is booked as paid or returned or noted as unknown; what matches nothing goes into
 * quarantine; the same file twice changes nothing (DOMAIN 6, BP4). @throws `input.invalid` at `file` when it cannot be read whole.
 */
export async function importResult(ctx: Context, { bytes }: { bytes: Uint8Array }): Promise<BankResult> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const id = `${ctx.ledger}/${sha256}`;
  const known = await BankResult.findOne({ _id: id, ledger: ctx.ledger }).lean<BankResult>();
  if (known) return known;
  const file = readResultFile(bytes);
  if ('code' in file) return failField(field, `result.${file.code}`, { row: file.row });
  const batch = (await findBatchByNumber(ctx, file.batchNumber)) ?? failField(field, 'result.no-such-batch');
  if (!batch.exportedAt) return failField(field, 'result.not-exported');

  const stored = await findLines(ctx, batch._id);
  await assertNoHand(ctx, stored);
  const lines = stored.map((line) => ({ sequence: line.sequence, account: accountOf(line), amountFen: line.amountFen, stored: line }));
  const { matched, quarantined } = matchResults(lines, file.lines);
  const evidence = `sha256:${sha256}`;
  const refused: QuarantinedRow[] = [];
  for (const { line, result } of matched) {
    const may = line.stored.state.name === result.answer || lineStates.may(line.stored.state.name, result.answer);
    if (may) await answerLine(ctx, line.stored, { answer: result.answer, reason: result.reason, evidence });
    else refused.push(quarantinedRow(result, 'answered-otherwise'));
  }
  const counted = (answer: BankAnswer) => matched.filter(({ result }) => result.answer === answer).length;
  await close(ctx, batch, {
    _id: id,
    batch: batch._id,
    sha256,
    readBy: ctx.actor.id,
    readAt: ctx.clock.now(),
    paid: counted('paid'),
    returned: counted('returned'),
    unknown: counted('unknown'),
    quarantined: [...quarantined.map(({ result, why }) => quarantinedRow(result, why)), ...refused],
  });
  return (await BankResult.findOne({ _id: id, ledger: ctx.ledger }).lean<BankResult>()) ?? fail('not-found');
}

/** Notes that the file was read, last of all: a reading that was cut off is simply done again. */
async function close(ctx: Context, { _id: id }: PaymentBatch, result: Omit<BankResult, 'ledger' | 'version'>): Promise<void> {
  const batch = await findBatchOrThrow(ctx, id);
  const open = (await findLines(ctx, id)).some(({ state }) => state.name === 'sent');
  const state = open || batch.state.name === 'resulted' ? undefined : batchStates.enter(batch.state, 'resulted', ctx);
  await post(ctx, {
    key: `result:${result.sha256}`,
    kind: resultRead,
    source: { type: 'paymentBatch', id },
    guards: [unchanged(PaymentBatch, batch), absent(BankResult, result._id)],
    writes: () => [
      insertion(ctx, BankResult, result),
      ...(state ? [change(PaymentBatch, batch, { state })] : []),
      recorded(ctx, 'batch.resultRead', { type: 'paymentBatch', id }, { sha256: result.sha256 }),
    ],
  });
}

function quarantinedRow({ sequence, account, amountFen, answer }: ResultLine, why: string): QuarantinedRow {
  return { sequence, accountTail: account.slice(-4), amountFen, answer, why };
}
