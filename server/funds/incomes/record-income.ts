import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { AppError, type FieldIssue, failField } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { dayOfEntry, debit, isRefused, post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { absent, insertion } from '../../platform/mongo/document-writes';
import { BankReceipt, bankReceiptId } from '../bank-receipt.model';
import { firstUseOf } from '../find-pools-for';
import { income, incomeNumbers, mainBank } from '../funds.accounts';
import type { RecordIncomeInput } from '../funds.inputs';
import { incomeRecorded } from '../funds.kinds';
import { type Restriction, restrictionPool } from '../restrictions';
import { findIncomeOrThrow } from './find-incomes';
import { Income } from './income.model';

/**
 * Books money of the county, of other bodies or of the bank under its restriction, in one commit with its number. The bank's serial number
 * can be used once, for a gift or for other income.
 * @throws `input.invalid` at `receivedOn`, `lastDay`, `bankSerial`.
 */
export async function recordIncome(ctx: Context, input: RecordIncomeInput): Promise<Income> {
  const faults = dayFaults(ctx, input);
  if (faults.length > 0) throw new AppError('input.invalid', {}, faults);
  const { requestKey, amount: amountFen, purpose, place, lastDay, ...said } = input;
  const id = idOfRequest(ctx, 'inc', requestKey);
  const restriction: Restriction = { purpose, ...(place && { area: place }), ...(lastDay && { lastDay }) };
  const opened = await firstUseOf(ctx, restriction);
  const receipt = bankReceiptId(ctx, said.bankSerial);

  await onceBySerial(
    post(ctx, {
      key: `income:${id}:recorded`,
      kind: incomeRecorded,
      source: { type: 'income', id },
      effectiveOn: await dayOfEntry(ctx, said.receivedOn),
      tags: { purpose },
      facts: { asked: hashOfAsked({ ...said, amountFen, pool: restrictionPool(restriction) }) },
      legs: [debit(mainBank, amountFen)],
      lots: [
        {
          lot: income(said.source, id),
          pool: restrictionPool(restriction),
          amount: amountFen,
          order: `${said.receivedOn}/${id}`, // oldest first, among gifts (FU7)
          origin: id,
          ...(lastDay && { lastDay }),
        },
      ],
      numbers: [incomeNumbers],
      guards: [absent(BankReceipt, receipt), ...opened.guards],
      writes: (posted) => [
        insertion(ctx, BankReceipt, { _id: receipt, gift: id }),
        insertion(ctx, Income, {
          _id: id,
          ...said,
          number: posted.numbers[incomeNumbers.name] ?? '',
          restriction,
          amountFen,
          recordedBy: ctx.actor.id,
          recordedAt: ctx.clock.now(),
        }),
        ...opened.writes,
        recorded(ctx, 'fund.incomeRecorded', { type: 'income', id }, { amountFen, purpose, source: said.source }),
      ],
    }),
  );
  return findIncomeOrThrow(ctx, id);
}

function dayFaults(ctx: Context, { receivedOn, lastDay }: RecordIncomeInput): FieldIssue[] {
  return [
    ...(receivedOn > shanghaiDay(ctx.clock.now()) ? [{ path: 'receivedOn', code: 'in-the-future' }] : []),
    ...(lastDay && lastDay < receivedOn ? [{ path: 'lastDay', code: 'day-is-over' }] : []),
  ];
}

async function onceBySerial(posting: Promise<unknown>): Promise<void> {
  try {
    await posting;
  } catch (error) {
    const isTaken =
      (isRefused(error, 'stale') || isRefused(error, 'exists')) && error.details['collection'] === BankReceipt.collection.name;
    if (isTaken) failField('bankSerial', 'bank-serial-taken');
    throw error;
  }
}
