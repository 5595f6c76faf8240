import type { Context } from '../../kernel/context';
import { invariant } from '../../kernel/errors';
import { fen } from '../../kernel/money';
import { isProviderRefusal } from '../../platform/stripe/provider-errors';
import type { ProviderRefund } from '../../platform/stripe/refunds';
import { asSystem } from '../as-system';
import { findGiftById } from '../find-gifts';
import type { Giving } from '../giving';
import { paymentOfProof } from '../payment-of-proof';
import { findRefundOrThrow } from './find-refunds';
import type { GiftRefund } from './refund.model';
import { releaseRefund } from './release-refund';
import { settleRefund } from './settle-refund';

/**
 * Asks the provider to give the money back, with the key that was kept before, and books what it answers. It is first asked what it knows
 * of the refund already: after a day it may have forgotten the key, and would give back twice. Idempotent.
 * @throws `service.unavailable` when the outcome is unknown: the sweep asks again.
 */
export async function sendRefund(ctx: Context, giving: Giving, id: string): Promise<void> {
  const acting = asSystem(ctx, 'provider');
  const refund = await findRefundOrThrow(ctx, id);
  if (refund.channel !== 'online' || !['approved', 'sent'].includes(refund.state.name)) return;
  const answer = await answerOf(acting, giving, refund);
  if (answer) await settleRefund(acting, giving, answer);
}

async function answerOf(ctx: Context, giving: Giving, refund: GiftRefund): Promise<ProviderRefund | undefined> {
  const { provider } = giving;
  if (refund.proof) return provider.readRefund(refund.proof);
  const gift = await findGiftById(ctx, refund.gift);
  const { paymentIntentId } = await paymentOfProof(giving, gift.received?.proof ?? '');
  invariant(paymentIntentId && refund.providerKey, 'refund.of-a-paid-session', { refund: refund._id });
  const known = (await provider.listRefunds({ paymentIntentId })).find(({ refundId }) => refundId === refund._id);
  if (known) return known;
  try {
    return await provider.createRefund({
      paymentIntentId,
      amountFen: fen(refund.amountFen),
      refundId: refund._id,
      idempotencyKey: refund.providerKey,
    });
  } catch (error) {
    if (!isProviderRefusal(error)) throw error;
    await releaseRefund(ctx, refund, 'failed', String(error.facts['code'] ?? 'refused'));
    return undefined;
  }
}
