import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { AppError, type FieldIssue, failField } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import type { Fen } from '../../kernel/money';
import { dayOfEntry, debit, findEntryByKey, isRefused, post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { absent, insertion } from '../../platform/mongo/document-writes';
import { BankReceipt, bankReceiptId } from '../bank-receipt.model';
import { mayFillOperating } from '../costs/operating-year';
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
 * @throws `input.invalid` at `receivedOn`, `lastDay`, `bankSerial`; at `purpose` when running costs would pass the cap of FU4.
 */
export async function recordIncome(ctx: Context, input: RecordIncomeInput): Promise<Income> {
  const faults = dayFaults(ctx, input);
  if (faults.length > 0) throw new AppError('input.invalid', {}, faults);
  const { requestKey, amount: amountFen, purpose, place, lastDay, ...said } = input;
  const id = idOfRequest(ctx, 'inc', requestKey);
  const restriction: Restriction = { purpose, ...(place && { area: place }), ...(lastDay && { lastDay }) };
  const opened = await firstUseOf(ctx, restriction);
  const key = `income:${id}:recorded`;
  const capped = await withinCap(ctx, key, { to: restriction, amountFen });
  const receipt = bankReceiptId(ctx, said.bankSerial);

  await onceBySerial(
    post(ctx, {
      key,
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
      guards: [absent(BankReceipt, receipt), ...opened.guards, ...capped.guards],
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
        ...capped.writes,
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

/** Running costs have a cap, wherever their money comes from. A form that is sent again was counted the first time. */
async function withinCap(ctx: Context, key: string, filling: { to: Restriction; amountFen: Fen }): ReturnType<typeof mayFillOperating> {
  if (await findEntryByKey(ctx, key)) return { guards: [], writes: [] };
  try {
    return await mayFillOperating(ctx, filling);
  } catch (error) {
    if (error instanceof AppError && error.code === 'fund.cost-cap') failField('purpose', 'cost-cap', error.details);
    throw error;
  }
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
