import type { Context } from '../kernel/context';
import { invariant } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { outboxed } from '../platform/outbox/outboxed';
import { findPayable } from './find-payments';
import { lotsReached, movingLots } from './moving-lots';
import { Payable } from './payable.model';
import { PaymentBatch } from './payment-batch.model';
import { PaymentLine } from './payment-line.model';
import { paymentMoved } from './payment-moved';
import { payable as payablePool, paymentSent, transit } from './payments.accounts';
import { lineStates, payableStates } from './payments.states';

/** Moves one line's money from the case to the bank's side, once, and only while its batch is what was signed. */
export async function sendLine(ctx: Context, line: PaymentLine, batch: PaymentBatch): Promise<void> {
  if (line.state.name !== 'pending') return;
  const owed = await findPayable(ctx, line.payable);
  invariant(owed, 'payment.line-has-payable', { line: line._id });
  const today = shanghaiDay(ctx.clock.now());
  const lineState = lineStates.enter(line.state, 'sent', ctx);
  const state = payableStates.enter(owed.state, 'sent', ctx);
  await post(ctx, {
    key: `payment:${line._id}:sent`,
    kind: paymentSent,
    source: { type: 'paymentLine', id: line._id },
    tags: { village: line.village, cause: line.cause },
    draws: movingLots(payablePool(owed._id), owed.lots, { pool: transit(line._id) }, today),
    guards: [unchanged(PaymentBatch, batch), unchanged(PaymentLine, line), unchanged(Payable, owed)],
    writes: (posted) => [
      change(PaymentLine, line, { state: lineState, lots: lotsReached(posted) }),
      change(Payable, owed, { state, lots: [], attempts: owed.attempts + 1, returnReason: undefined }),
      outboxed(ctx, paymentMoved, { payableId: owed._id }),
    ],
  });
}
