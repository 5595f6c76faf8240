import { recorded } from '../audit';
import { mainBank } from '../funds';
import { bankAccountFailed, householdsById } from '../households';
import type { Context } from '../kernel/context';
import { fail, invariant } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { change, type DocumentWrite, unchanged } from '../platform/mongo/document-writes';
import { outboxed } from '../platform/outbox/outboxed';
import { findPayable } from './find-payments';
import { lotsReached, movingLots } from './moving-lots';
import { Payable } from './payable.model';
import { PaymentLine } from './payment-line.model';
import { paymentMoved } from './payment-moved';
import { payable as payablePool, paymentPaid, paymentReturned, paymentUnknown, transit } from './payments.accounts';
import { lineStates, payableStates } from './payments.states';
import type { BankAnswer } from './result-file';

/** What the bank said of one line, and where it said so (a file's hash, a telephone note). */
export interface LineAnswer {
  answer: BankAnswer;
  reason: string;
  evidence: string;
}

/**
 * Books the bank's answer to a line, once. Paid money leaves the bank; returned money goes back to the family's case, still of the same
 * gifts (DOMAIN 6, BP4); of an unknown line nothing moves. An answer that is already booked changes nothing.
 * @throws `state.not-allowed` when the bank now says otherwise than it did.
 */
export async function answerLine(ctx: Context, line: PaymentLine, answer: LineAnswer): Promise<void> {
  if (line.state.name === answer.answer) return;
  lineStates.assertMay(line.state.name, answer.answer);
  if (answer.answer === 'unknown') return noteUnknown(ctx, line, answer);
  const owed = await findPayable(ctx, line.payable);
  invariant(owed, 'payment.line-has-payable', { line: line._id });
  return answer.answer === 'paid' ? bookPaid(ctx, line, owed, answer) : bookReturned(ctx, line, owed, answer);
}

async function bookPaid(ctx: Context, line: PaymentLine, owed: Payable, { evidence }: LineAnswer): Promise<void> {
  const state = lineStates.enter(line.state, 'paid', ctx);
  const household = (await householdsById(ctx, [line.household])).get(line.household);
  await post(ctx, {
    key: `payment:${line._id}:paid`,
    kind: paymentPaid,
    source: { type: 'paymentLine', id: line._id },
    tags: { village: line.village, cause: line.cause, ...(household && { household: household.surrogate }) },
    draws: movingLots(transit(line._id), line.lots, mainBank, shanghaiDay(ctx.clock.now())),
    guards: [unchanged(PaymentLine, line), unchanged(Payable, owed)],
    writes: () => [
      change(PaymentLine, line, { state, lots: [] }),
      change(Payable, owed, { state: payableStates.enter(owed.state, 'paid', ctx) }),
      outboxed(ctx, paymentMoved, { payableId: owed._id }),
      recorded(ctx, 'payment.paid', { type: 'paymentLine', id: line._id }, { evidence }),
    ],
  });
}

async function bookReturned(ctx: Context, line: PaymentLine, owed: Payable, { reason, evidence }: LineAnswer): Promise<void> {
  const state = lineStates.enter(line.state, 'returned', ctx);
  const failed = await bankAccountFailed(ctx, line.household, line.accountHash, reason);
  await post(ctx, {
    key: `payment:${line._id}:returned`,
    kind: paymentReturned,
    source: { type: 'paymentLine', id: line._id },
    tags: { village: line.village, cause: line.cause },
    corrects: `payment:${line._id}:sent`,
    draws: movingLots(transit(line._id), line.lots, { pool: payablePool(owed._id) }, shanghaiDay(ctx.clock.now())),
    guards: [unchanged(PaymentLine, line), unchanged(Payable, owed), ...failed.guards],
    writes: (posted): DocumentWrite[] => [
      change(PaymentLine, line, { state, reason, lots: [] }),
      change(Payable, owed, { state: payableStates.enter(owed.state, 'returned', ctx), lots: lotsReached(posted), returnReason: reason }),
      ...failed.writes,
      outboxed(ctx, paymentMoved, { payableId: owed._id }),
      recorded(ctx, 'payment.returned', { type: 'paymentLine', id: line._id }, { evidence }),
    ],
  });
}

async function noteUnknown(ctx: Context, line: PaymentLine, { evidence }: LineAnswer): Promise<void> {
  if (line.state.name !== 'sent') fail('state.not-allowed', { from: line.state.name, to: 'unknown' });
  const state = lineStates.enter(line.state, 'unknown', ctx);
  await post(ctx, {
    key: `payment:${line._id}:unknown`,
    kind: paymentUnknown,
    source: { type: 'paymentLine', id: line._id },
    guards: [unchanged(PaymentLine, line)],
    writes: () => [
      change(PaymentLine, line, { state }),
      recorded(ctx, 'payment.unknown', { type: 'paymentLine', id: line._id }, { evidence }),
    ],
  });
}
