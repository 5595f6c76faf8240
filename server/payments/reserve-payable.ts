import type { Context } from '../kernel/context';
import type { Posted } from '../ledger';
import { change, type DocumentGuard, type DocumentWrite, insertion, unchanged } from '../platform/mongo/document-writes';
import { lotsReached } from './moving-lots';
import { type HandledBy, Payable } from './payable.model';
import { payableStates } from './payments.states';

/** A sum that has just been approved. */
interface Reservation {
  /** The id of the case: the pool is `payable:<id>`. */
  id: string;
  number: string;
  household: string;
  village: string;
  cause: string;
  amountFen: number;
  handledBy: readonly HandledBy[];
}

/** The write that puts an approved sum before the finance officers, for the posting that draws it into its pool. */
export function payableWrite(ctx: Context, reservation: Reservation, posted: Posted): DocumentWrite {
  return insertion(ctx, Payable, {
    _id: reservation.id,
    number: reservation.number,
    household: reservation.household,
    village: reservation.village,
    cause: reservation.cause,
    amountFen: reservation.amountFen,
    approvedAt: ctx.clock.now(),
    handledBy: [...reservation.handledBy],
    lots: lotsReached(posted),
    state: payableStates.begin('open', ctx),
    attempts: 0,
  });
}

/** What the posting that frees a cancelled sum must carry. @throws `state.not-allowed` while it is in a batch or with the bank. */
export function voidingPayable(ctx: Context, payable: Payable): { guard: DocumentGuard; write: DocumentWrite } {
  const state = payableStates.enter(payable.state, 'void', ctx);
  return { guard: unchanged(Payable, payable), write: change(Payable, payable, { state, lots: [] }) };
}
