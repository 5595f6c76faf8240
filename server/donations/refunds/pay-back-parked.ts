import { recorded } from '../../audit';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { AppError, fail } from '../../kernel/errors';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { isProviderRefusal } from '../../platform/stripe/provider-errors';
import type { ProviderRefund } from '../../platform/stripe/refunds';
import { asSystem } from '../as-system';
import { findParkedPaymentOrThrow } from '../find-parked-payments';
import type { Giving } from '../giving';
import { ParkedPayment } from '../parked-payment.model';
import { parkedStates } from '../parked-payment.states';
import { paymentOfProof } from '../payment-of-proof';
import { leftOfParked, noteCameBack, noteWentBack, returnsOf } from './parked-returns';
import { refundApproved } from './refunds.accounts';

/**
 * Pays back money that was put aside and marked to be given back: a second person signs, then the provider is asked. Nothing is booked,
 * since the money never was. @throws `rule.same-person` for who marked it, `state.not-allowed`, `input.invalid` at `code`.
 */
export async function payBackParked(
  ctx: Context,
  giving: Giving | undefined,
  { id, code }: { id: string; code: string },
): Promise<ParkedPayment> {
  const parked = await findParkedPaymentOrThrow(ctx, id);
  if (parked.payBack?.by === ctx.actor.id) return parked; // a second click
  parkedStates.assertMay(parked.state.name, 'paidBack');
  if (parked.state.name !== 'refundDue' || parked.payBack) fail('state.not-allowed', { from: parked.state.name, to: 'paidBack' });
  if ((parked.decidedBy ?? parked.state.by) === ctx.actor.id) fail('rule.same-person');
  const isSigned = async () => (await findParkedPaymentOrThrow(ctx, id)).payBack?.by === ctx.actor.id;
  const proof = await provenUnlessSigned(() => proveSignature(ctx, code), isSigned);
  if (proof) {
    const rank = (parked.payBacks ?? 0) + 1;
    const payBack = { by: ctx.actor.id, at: ctx.clock.now(), key: `parked:${id}:refund:${rank}` };
    await post(ctx, {
      key: `parkedPayment:${id}:payBack:${rank}`,
      kind: refundApproved,
      source: { type: 'gift', id: parked.gift },
      guards: [unchanged(ParkedPayment, parked), ...proof.guards],
      writes: () => [
        change(ParkedPayment, parked, { payBack, payBacks: rank }),
        recorded(ctx, 'refund.approved', { type: 'gift', id: parked.gift }, amountOf(parked)),
        ...proof.writes,
      ],
    });
  }
  try {
    if (giving) await sendParkedRefund(ctx, giving, id);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'service.unavailable') throw error; // the sweep asks again
  }
  return findParkedPaymentOrThrow(ctx, id);
}

/** Asks the provider to give back what is left of it, and notes what it answers. Idempotent; the sweep does it, too. */
export async function sendParkedRefund(ctx: Context, giving: Giving, id: string): Promise<void> {
  const { provider } = giving;
  const acting = asSystem(ctx, 'provider');
  const parked = await findParkedPaymentOrThrow(acting, id);
  if (parked.state.name !== 'refundDue' || !parked.payBack) return;
  const { paymentIntentId } = await paymentOfProof(giving, parked.sessionId);
  if (!paymentIntentId) return;
  const leftFen = leftOfParked(parked);
  const through = new Set(returnsOf(parked).map(({ proof }) => proof));
  const known = (await provider.listRefunds({ paymentIntentId })).find(
    (refund) => refund.refundId === id && refund.status !== 'failed' && refund.status !== 'canceled' && !through.has(refund.id),
  );
  try {
    const answer =
      known ??
      (await provider.createRefund({
        paymentIntentId,
        ...(leftFen !== undefined && { amountFen: leftFen }),
        refundId: id,
        idempotencyKey: parked.payBack.key,
      }));
    await settleParkedRefund(acting, id, answer);
  } catch (error) {
    if (!isProviderRefusal(error)) throw error;
    await noteCameBack(acting, parked, `${parked.payBack.key}/${String(error.facts['code'] ?? 'refused')}`, true);
  }
}

/** What a refund of such a payment, as just read, means. */
export async function settleParkedRefund(ctx: Context, id: string, answer: ProviderRefund): Promise<'settled' | 'nothing'> {
  const parked = await findParkedPaymentOrThrow(ctx, id);
  if (answer.status === 'succeeded') return noteWentBack(ctx, parked, { proof: answer.id, amountFen: answer.amountFen, isOurs: true });
  return answer.status === 'failed' || answer.status === 'canceled' ? noteCameBack(ctx, parked, answer.id, true) : 'nothing';
}

function amountOf(parked: ParkedPayment): { amountFen?: number } {
  const amountFen = leftOfParked(parked);
  return amountFen === undefined ? {} : { amountFen };
}
