import { recorded } from '../../audit';
import { provenUnlessSigned, proveSignature } from '../../identity';
import type { Context } from '../../kernel/context';
import { AppError, fail } from '../../kernel/errors';
import { fen } from '../../kernel/money';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { isProviderRefusal } from '../../platform/stripe/provider-errors';
import type { ProviderRefund } from '../../platform/stripe/refunds';
import { asSystem } from '../as-system';
import { giftPaymentNoted } from '../donations.accounts';
import { findParkedPaymentOrThrow } from '../find-parked-payments';
import type { Giving } from '../giving';
import { unmarkGift } from '../mark-of-gift';
import { endSecondGift } from '../open-second-gift';
import { ParkedPayment } from '../parked-payment.model';
import { parkedStates } from '../parked-payment.states';
import { paymentOfProof } from '../payment-of-proof';
import { openMatter } from '../provider-money/matters';
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
  if (parked.state.by === ctx.actor.id) fail('rule.same-person');
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

/** Asks the provider to give it back, whole, and notes what it answers. Idempotent; the sweep does it, too. */
export async function sendParkedRefund(ctx: Context, giving: Giving, id: string): Promise<void> {
  const { provider } = giving;
  const acting = asSystem(ctx, 'provider');
  const parked = await findParkedPaymentOrThrow(acting, id);
  if (parked.state.name !== 'refundDue' || !parked.payBack) return;
  const { paymentIntentId } = await paymentOfProof(giving, parked.sessionId);
  if (!paymentIntentId) return;
  const known = (await provider.listRefunds({ paymentIntentId })).find(
    ({ refundId, status }) => refundId === id && status !== 'failed' && status !== 'canceled',
  );
  try {
    const answer =
      known ??
      (await provider.createRefund({
        paymentIntentId,
        ...(parked.amountFen !== undefined && { amountFen: fen(parked.amountFen) }),
        refundId: id,
        idempotencyKey: parked.payBack.key,
      }));
    await settleParkedRefund(acting, id, answer);
  } catch (error) {
    if (!isProviderRefusal(error)) throw error;
    await noteStillToPayBack(acting, parked, String(error.facts['code'] ?? 'refused'));
  }
}

/** What a refund of such a payment, as just read, means. */
export async function settleParkedRefund(ctx: Context, id: string, answer: ProviderRefund): Promise<'settled' | 'nothing'> {
  const parked = await findParkedPaymentOrThrow(ctx, id);
  if (answer.status === 'succeeded') return notePaidBack(ctx, parked, answer.id);
  const isOver = answer.status === 'failed' || answer.status === 'canceled';
  if (!isOver || parked.state.name === 'booked' || (parked.state.name === 'refundDue' && !parked.payBack)) return 'nothing';
  await noteStillToPayBack(ctx, parked, answer.id);
  return 'settled';
}

/** The money is with the payer again, also when somebody gave it back in the provider's dashboard before anybody decided on it. */
export async function notePaidBack(ctx: Context, parked: ParkedPayment, proof: string): Promise<'settled' | 'nothing'> {
  if (parked.state.name === 'paidBack' || parked.state.name === 'booked') return 'nothing';
  const undecided = parked.state.name === 'waiting' ? [await unmarkGift(ctx, parked), await endSecondGift(ctx, parked)] : [];
  await post(ctx, {
    key: `parkedPayment:${parked._id}:paidBack:${proof}`,
    kind: giftPaymentNoted,
    source: { type: 'gift', id: parked.gift },
    guards: [unchanged(ParkedPayment, parked), ...undecided.flatMap(({ guards }) => guards)],
    writes: () => [
      change(ParkedPayment, parked, { state: parkedStates.enter(parked.state, 'paidBack', ctx), paidBackAs: proof }),
      ...undecided.flatMap(({ writes }) => writes),
      recorded(ctx, 'gift.paidBack', { type: 'gift', id: parked.gift }, amountOf(parked)),
    ],
  });
  return 'settled';
}

/** The provider does not carry it out, or it came back: it is to be given back still, and somebody has to look how. */
export async function noteStillToPayBack(ctx: Context, parked: ParkedPayment, why: string): Promise<void> {
  const state = parked.state.name === 'paidBack' ? parkedStates.enter(parked.state, 'refundDue', ctx) : parked.state;
  await post(ctx, {
    key: `parkedPayment:${parked._id}:payBackFailed:${parked.payBacks ?? 0}`,
    kind: giftPaymentNoted,
    source: { type: 'gift', id: parked.gift },
    guards: [unchanged(ParkedPayment, parked)],
    writes: () => [change(ParkedPayment, parked, { state, payBack: undefined })],
  });
  await openMatter(ctx, { kind: 'refundStuck', about: `${parked.sessionId}/${why}`, gift: parked.gift, ...amountOf(parked) });
}

function amountOf({ amountFen }: ParkedPayment): { amountFen?: number } {
  return amountFen === undefined ? {} : { amountFen };
}
