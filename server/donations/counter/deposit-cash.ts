import { recorded } from '../../audit';
import { BankReceipt, bankReceiptId, mainBank } from '../../funds';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { balanceOf, credit, dayOfEntry, debit, isRefused, post } from '../../ledger';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { absent, change, insertion, unchanged } from '../../platform/mongo/document-writes';
import { CashDeposit } from './cash-deposit.model';
import { cash, cashDeposited, cashInTransit, depositArrived } from './counter.accounts';
import type { DepositInput } from './counter.inputs';
import { depositStates } from './counter.states';
import { CounterDay } from './counter-day.model';
import { findCounterOrThrow, findOpenDays } from './find-counters';

/**
 * Books cash that was brought to the bank: from now on it is on its way, until the statement says that it came.
 * @throws `cash.being-counted`, `input.invalid` at `amount` when there is less in hand.
 */
export async function depositCash(
  ctx: Context,
  { requestKey, counter: counterId, amount: amountFen, paper }: DepositInput,
): Promise<CashDeposit> {
  const counter = await findCounterOrThrow(ctx, counterId);
  const id = idOfRequest(ctx, 'cdp', requestKey);
  const known = await findDeposit(ctx, id);
  if (known) return known.amountFen === amountFen && known.paper === paper ? known : fail('ledger.conflict');
  const openDays = await findOpenDays(ctx, counter._id);
  if (openDays.some(({ state }) => state.name !== 'open')) fail('cash.being-counted');
  try {
    await post(ctx, {
      key: `cashDeposit:${id}:made`,
      kind: cashDeposited,
      source: { type: 'cashDeposit', id },
      facts: { paper },
      legs: [debit(cashInTransit(counter._id), amountFen), credit(cash(counter._id), amountFen)],
      guards: openDays.map((day) => unchanged(CounterDay, day)), // nobody begins to count meanwhile
      writes: ({ seq }) => [
        insertion(ctx, CashDeposit, {
          _id: id,
          counter: counter._id,
          amountFen,
          day: shanghaiDay(ctx.clock.now()),
          paper,
          depositedBy: ctx.actor.id,
          depositedAt: ctx.clock.now(),
          seq: seq ?? 0,
          state: depositStates.begin('inTransit', ctx),
        }),
        recorded(ctx, 'cash.deposited', { type: 'cashDeposit', id }, { amountFen }),
      ],
    });
  } catch (error) {
    const isTooMuch = isRefused(error, 'floor') || isRefused(error, 'noAccount');
    if (isTooMuch) failField('amount', 'more-than-in-hand', { fen: await balanceOf(ctx, cash(counter._id)) });
    throw error;
  }
  return depositOrThrow(ctx, id);
}

/**
 * The bank's statement has a deposit: the money is in the bank's account. The serial number can be used once, whatever it was booked as.
 * Gives the key of the entry. @throws `input.invalid` at `deposit`
 */
export async function receiveDeposit(
  ctx: Context,
  { deposit: id, serial, on, amountFen }: { deposit: string; serial: string; on: LocalDate; amountFen: number },
): Promise<string> {
  const key = `cashDeposit:${id}:arrived`;
  const deposit = await depositOrThrow(ctx, id);
  if (deposit.serial === serial) return key;
  if (deposit.amountFen !== amountFen || !depositStates.next(deposit.state.name).includes('arrived')) failField('deposit', 'not-a-choice');
  const receipt = bankReceiptId(ctx, serial);
  try {
    await post(ctx, {
      key,
      kind: depositArrived,
      source: { type: 'cashDeposit', id },
      effectiveOn: await dayOfEntry(ctx, on),
      facts: { serial },
      legs: [debit(mainBank, amountFen), credit(cashInTransit(deposit.counter), amountFen)],
      guards: [unchanged(CashDeposit, deposit), absent(BankReceipt, receipt)],
      writes: () => [
        change(CashDeposit, deposit, { state: depositStates.enter(deposit.state, 'arrived', ctx), serial }),
        insertion(ctx, BankReceipt, { _id: receipt, gift: id }),
        recorded(ctx, 'cash.arrived', { type: 'cashDeposit', id }, { amountFen }),
      ],
    });
  } catch (error) {
    if (isRefused(error, 'exists')) failField('deposit', 'bank-serial-taken');
    throw error;
  }
  return key;
}

async function findDeposit(ctx: Context, id: string): Promise<CashDeposit | undefined> {
  return (await CashDeposit.findOne({ _id: id, ledger: ctx.ledger }).lean<CashDeposit>()) ?? undefined;
}

async function depositOrThrow(ctx: Context, id: string): Promise<CashDeposit> {
  return (await findDeposit(ctx, id)) ?? fail('not-found');
}
