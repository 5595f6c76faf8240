import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { credit, debit, post } from '../../ledger';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { change, insertion, unchanged } from '../../platform/mongo/document-writes';
import type { ProviderRefund } from '../../platform/stripe/refunds';
import { drawsOf, freeOf } from '../free-of-gift';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import type { Giving } from '../giving';
import { goneBack } from '../kept-fen';
import { findMoneyOfPayment } from '../money-of-payment';
import { pledgeTold } from '../pledges/tell-pledge';
import { matterAlong } from '../provider-money/matters';
import { uncovered } from '../provider-money/provider-money.accounts';
import { voidingAlong } from '../receipts/void-receipt';
import { providerAccount } from '../receive-gift';
import { noteCameBack, noteWentBack } from './parked-returns';
import { GiftRefund } from './refund.model';
import { refundStates } from './refund.states';
import { giftRefunded } from './refunds.accounts';

/**
 * A refund that somebody made in the provider's dashboard: the money is gone, whatever the gift still had. It takes what is free; what
 * is no longer there is a loss that `operating` bears (DO9's rule), and finance is asked to look. The gift's receipt is voided with it.
 */
export async function bookOutsideRefund(ctx: Context, giving: Giving, answer: ProviderRefund): Promise<'settled' | 'nothing' | 'notOurs'> {
  const isOver = answer.status === 'failed' || answer.status === 'canceled';
  if (!(answer.status === 'succeeded' || isOver) || !answer.paymentIntentId) return 'nothing';
  const money = await findMoneyOfPayment(ctx, giving, answer.paymentIntentId);
  if (money?.parked && isOver) return noteCameBack(ctx, money.parked, answer.id);
  if (money?.parked) return noteWentBack(ctx, money.parked, { proof: answer.id, amountFen: answer.amountFen });
  if (isOver) return 'nothing';
  const { gift } = money ?? {};
  if (!gift || answer.amountFen === null) return 'notOurs';
  await bookLoss(ctx, gift, answer.id, answer.amountFen);
  return 'settled';
}

async function bookLoss(ctx: Context, gift: Gift, proof: string, amountFen: number): Promise<void> {
  const id = idOfFact(ctx, 'rfd', proof);
  const { lots, freeFen } = await freeOf(ctx, gift);
  const lossFen = Math.max(0, amountFen - freeFen);
  const after = goneBack(gift, amountFen);
  const isWhole =
    after.returnedFen === gift.amountFen && gift.state.name !== 'disputed' && giftStates.next(gift.state.name).includes('refunded');
  const voiding = await voidingAlong(ctx, gift, { reason: proof });
  const matter = matterAlong(ctx, { kind: 'outsideRefund', about: proof, gift: gift._id, amountFen });
  await post(ctx, {
    key: `refund:${id}:settled`,
    kind: giftRefunded,
    source: { type: 'giftRefund', id },
    corrects: `gift:${gift._id}:received`,
    facts: { amountFen },
    draws: drawsOf(ctx, lots, amountFen - lossFen, providerAccount) ?? [],
    ...(lossFen > 0 && { legs: [debit(uncovered(id), lossFen), credit(providerAccount, lossFen)] }),
    guards: [unchanged(Gift, gift), ...voiding.guards, ...matter.guards],
    writes: () => [
      insertion(ctx, GiftRefund, {
        _id: id,
        gift: gift._id,
        amountFen,
        reason: 'outside',
        note: '',
        channel: 'online',
        state: refundStates.begin('refunded', ctx),
        askedBy: ctx.actor.id,
        askedAt: ctx.clock.now(),
        lots: [],
        proof,
        ...(lossFen > 0 && { lossFen }),
      }),
      change(Gift, gift, { ...after, ...voiding.gift, ...(isWhole && { state: giftStates.enter(gift.state, 'refunded', ctx) }) }),
      ...voiding.writes,
      ...matter.writes,
      ...pledgeTold(ctx, gift),
      recorded(ctx, 'gift.refunded', { type: 'gift', id: gift._id }, { amountFen }),
    ],
  });
}
