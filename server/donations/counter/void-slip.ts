import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail, invariant } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { isRefused, post } from '../../ledger';
import { change, type DocumentWrite, unchanged } from '../../platform/mongo/document-writes';
import { findGiftById } from '../find-gifts';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { pledgeTold } from '../pledges/tell-pledge';
import { voidingAlong } from '../receipts/void-receipt';
import { CashSlip } from './cash-slip.model';
import { giftVoided, slipNoted } from './counter.accounts';
import type { VoidSlipInput } from './counter.inputs';
import { slipStates } from './counter.states';
import { CounterDay } from './counter-day.model';
import { findCounterDayOrThrow, findSlipOrThrow } from './find-counters';

/**
 * Asks for a slip to be voided on its own day, before the cash is counted. It stands until a second finance officer agrees.
 * @throws `cash.other-day`, `cash.day-closed`
 */
export async function askVoidSlip(ctx: Context, { id, reason }: VoidSlipInput): Promise<CashSlip> {
  const slip = await findSlipOrThrow(ctx, id);
  if (slip.voiding?.askedBy === ctx.actor.id && slip.voiding.reason === reason) return slip; // a second click
  const state = slipStates.enter(slip.state, 'voidAsked', ctx);
  assertToday(ctx, slip);
  const voiding = { reason, askedBy: ctx.actor.id, askedAt: ctx.clock.now() };
  await note(ctx, slip, 'slipVoidAsked', { state, voiding }, reason);
  return findSlipOrThrow(ctx, id);
}

/** Says no: the slip stays as it is. Whoever asked may take it back so. */
export async function refuseVoidSlip(ctx: Context, { id }: { id: string }): Promise<CashSlip> {
  const slip = await findSlipOrThrow(ctx, id);
  if (slip.state.name === 'taken') return slip;
  await note(ctx, slip, 'slipVoidRefused', { state: slipStates.enter(slip.state, 'taken', ctx), voiding: undefined });
  return findSlipOrThrow(ctx, id);
}

/**
 * Voids a slip that somebody else asked to void: its gift is taken back whole by a reversing entry, its receipt is voided, and the cash
 * goes back to the giver. The number is kept. @throws `rule.same-person`, `cash.other-day`, `cash.gift-used` when the money is spent or
 * set aside, `cash.not-in-hand` when the counter has brought it to the bank.
 */
export async function confirmVoidSlip(ctx: Context, { id }: { id: string }): Promise<CashSlip> {
  const slip = await findSlipOrThrow(ctx, id);
  if (slip.state.name === 'voided' && slip.state.by === ctx.actor.id) return slip;
  const state = slipStates.enter(slip.state, 'voided', ctx);
  assertToday(ctx, slip);
  const { voiding } = slip;
  invariant(voiding, 'cash.void-was-asked', { slip: id });
  if (voiding.askedBy === ctx.actor.id) fail('rule.same-person');
  const [day, gift] = await Promise.all([openDayOf(ctx, slip), findGiftById(ctx, slip.gift)]);
  if (!giftStates.next(gift.state.name).includes('voided')) fail('cash.gift-used');
  const receipt = await voidingAlong(ctx, gift, voiding);
  const received = `gift:${gift._id}:received`;
  try {
    await post(ctx, {
      key: `reversal:${received}`,
      kind: giftVoided,
      source: { type: 'cashSlip', id },
      reverses: received,
      guards: [unchanged(CashSlip, slip), unchanged(Gift, gift), unchanged(CounterDay, day), ...receipt.guards],
      writes: () => [
        change(CashSlip, slip, { state }),
        change(Gift, gift, { state: giftStates.enter(gift.state, 'voided', ctx), received: undefined }),
        change(CounterDay, day, { voidsAsked: day.voidsAsked - 1 }),
        ...receipt.writes,
        ...pledgeTold(ctx, gift),
        recorded(ctx, 'cash.slipVoided', { type: 'cashSlip', id }, { amountFen: slip.amountFen, reason: voiding.reason }),
      ],
    });
  } catch (error) {
    if (isRefused(error, 'spent')) fail('cash.gift-used');
    if (isRefused(error, 'floor')) fail('cash.not-in-hand');
    throw error;
  }
  return findSlipOrThrow(ctx, id);
}

/** Also while its day stands open: later it would change what was said of that day, and the giver has gone home with the slip. */
function assertToday(ctx: Context, { day }: CashSlip): void {
  if (day !== shanghaiDay(ctx.clock.now())) fail('cash.other-day', { day });
}

async function openDayOf(ctx: Context, slip: CashSlip): Promise<CounterDay> {
  const day = await findCounterDayOrThrow(ctx, slip.counterDay);
  return day.state.name === 'open' ? day : fail('cash.day-closed');
}

async function note(
  ctx: Context,
  slip: CashSlip,
  what: 'slipVoidAsked' | 'slipVoidRefused',
  fields: Partial<CashSlip>,
  reason?: string,
): Promise<void> {
  const day = await openDayOf(ctx, slip);
  const voidsAsked = day.voidsAsked + (what === 'slipVoidAsked' ? 1 : -1);
  await post(ctx, {
    key: `cashSlip:${slip._id}:${what}:${slip.version}`, // asked, refused and asked again are acts of their own
    kind: slipNoted,
    source: { type: 'cashSlip', id: slip._id },
    ...(reason !== undefined && { facts: { reason } }),
    guards: [unchanged(CashSlip, slip), unchanged(CounterDay, day)],
    writes: (): DocumentWrite[] => [
      change(CashSlip, slip, fields),
      change(CounterDay, day, { voidsAsked }),
      recorded(
        ctx,
        `cash.${what}`,
        { type: 'cashSlip', id: slip._id },
        { amountFen: slip.amountFen, ...(reason !== undefined && { reason }) },
      ),
    ],
  });
}
