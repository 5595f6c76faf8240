import type { Context } from '../kernel/context';
import { post } from '../ledger';
import { idOfFact } from '../platform/crypto/id-of-request';
import { change, insertion, unchanged } from '../platform/mongo/document-writes';
import type { CheckoutSession } from '../platform/stripe/checkout-sessions';
import { giftPaymentNoted } from './donations.accounts';
import { Gift, type GiftProblem } from './gift.model';
import { ParkedPayment } from './parked-payment.model';
import { parkedStates } from './parked-payment.states';

/**
 * Puts money aside that does not fit its gift: not booked and not forgotten. Finance finds it in a list, and a truth reports it until
 * somebody has decided. The same session is put aside once, also when its event comes again after the decision.
 */
export async function parkPayment(
  ctx: Context,
  gift: Gift,
  problem: GiftProblem,
  session: Pick<CheckoutSession, 'id' | 'amountFen'>,
): Promise<void> {
  const id = idOfFact(ctx, 'prk', session.id);
  const at = ctx.clock.now();
  await post(ctx, {
    key: `parkedPayment:${id}:parked`,
    kind: giftPaymentNoted,
    source: { type: 'gift', id: gift._id },
    guards: [unchanged(Gift, gift)],
    writes: () => [
      change(Gift, gift, { problem: { code: problem, at } }),
      insertion(ctx, ParkedPayment, {
        _id: id,
        sessionId: session.id,
        gift: gift._id,
        problem,
        saidFen: gift.amountFen,
        ...(session.amountFen !== null && { amountFen: session.amountFen }),
        parkedAt: at,
        state: parkedStates.begin('waiting', ctx),
      }),
    ],
  });
}
