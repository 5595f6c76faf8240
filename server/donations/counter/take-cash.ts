import { recorded } from '../../audit';
import { restrictionPool } from '../../funds';
import type { Context } from '../../kernel/context';
import { AppError, fail, invariant } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import { isRefused, post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { absent, change, type DocumentGuard, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { giftNumbers, giftOpened, giftPaymentNoted } from '../donations.accounts';
import { donorByCreditCode, type NamedDonor } from '../donors';
import { donorFaults } from '../faults-of-bank-gift';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { onFreshGift } from '../on-fresh-gift';
import { bookGift } from '../receive-gift';
import { sealedPerson } from '../sealed-person';
import type { CashCounter } from './cash-counter.model';
import { CashSlip } from './cash-slip.model';
import { cash, slipsOf } from './counter.accounts';
import type { TakeCashInput } from './counter.inputs';
import { counterDayStates, slipStates } from './counter.states';
import { CounterDay } from './counter-day.model';
import { counterDayId, findCounterDay, findCounterOrThrow, findOpenDays, findSlipOrThrow } from './find-counters';

/**
 * Takes cash: the gift is received in the commit that allots the slip's number, so that no number is without its money. The gift's own
 * number goes before, because its lot bears it.
 * @throws `cash.day-closed` once the day is being counted, `cash.earlier-day-open`, `input.invalid` at `creditCode`.
 */
export async function takeCash(ctx: Context, input: TakeCashInput): Promise<CashSlip> {
  const counter = await findCounterOrThrow(ctx, input.counter);
  const slipId = idOfRequest(ctx, 'csl', input.requestKey);
  await openDay(ctx, counter);
  const faults = input.giver === 'organisation' ? await donorFaults(ctx, input) : [];
  if (faults.length > 0) throw new AppError('input.invalid', {}, faults);
  const giftId = await openCashGift(ctx, input);
  try {
    await bookSlip(ctx, counter, slipId, giftId);
  } catch (error) {
    const isShut = error instanceof AppError && (error.code === 'cash.day-closed' || error.code === 'cash.earlier-day-open');
    if (isShut) await lapse(ctx, giftId); // the count began in between: nobody has taken this cash
    throw error;
  }
  return findSlipOrThrow(ctx, slipId);
}

async function bookSlip(ctx: Context, counter: CashCounter, slipId: string, giftId: string): Promise<void> {
  await onFreshGift(ctx, giftId, async (gift) => {
    if (gift.received) return gift; // the form was sent twice
    const day = await openDay(ctx, counter);
    const today = shanghaiDay(ctx.clock.now());
    const series = slipsOf(counter);
    return bookGift(
      ctx,
      gift,
      { on: today, into: 'cash', account: cash(counter._id), proof: slipId },
      {
        guards: day.guards,
        numbers: [series],
        writes: day.writes,
        numbered: (posted) => [
          insertion(ctx, CashSlip, {
            _id: slipId,
            number: posted.numbers[series.name] ?? '',
            counter: counter._id,
            counterDay: day.id,
            day: today,
            gift: giftId,
            giftNumber: gift.number,
            amountFen: gift.amountFen,
            takenBy: ctx.actor.id,
            takenAt: ctx.clock.now(),
            seq: posted.seq ?? 0,
            state: slipStates.begin('taken', ctx),
          }),
        ],
      },
    );
  });
}

async function lapse(ctx: Context, giftId: string): Promise<void> {
  await onFreshGift(ctx, giftId, async (gift) => {
    if (gift.state.name !== 'awaiting') return; // the same form, sent twice, has done it
    const state = giftStates.enter(gift.state, 'lapsed', ctx);
    await post(ctx, {
      key: `gift:${giftId}:shut:${gift.version}`,
      kind: giftPaymentNoted,
      source: { type: 'gift', id: giftId },
      guards: [unchanged(Gift, gift)],
      writes: () => [change(Gift, gift, { state })],
    });
  });
}

/** Today at this counter, open or to be opened by the first slip; each slip relies on it, so that none comes after the count has begun. */
async function openDay(ctx: Context, counter: CashCounter): Promise<{ id: string; guards: DocumentGuard[]; writes: DocumentWrite[] }> {
  const today = shanghaiDay(ctx.clock.now());
  const id = counterDayId(ctx, counter._id, today);
  const [day, open] = await Promise.all([findCounterDay(ctx, id), findOpenDays(ctx, counter._id)]);
  const earlier = open.find((one) => one.day < today);
  if (earlier) fail('cash.earlier-day-open', { day: earlier.day });
  if (day && day.state.name !== 'open') fail('cash.day-closed');
  if (day) return { id, guards: [unchanged(CounterDay, day)], writes: [] };
  const fresh = { _id: id, counter: counter._id, day: today, state: counterDayStates.begin('open', ctx), voidsAsked: 0, counts: [] };
  return { id, guards: [absent(CounterDay, id)], writes: [insertion(ctx, CounterDay, fresh)] };
}

async function openCashGift(ctx: Context, input: TakeCashInput): Promise<string> {
  const { amount: amountFen, giver, payerName, creditCode, donorKind, purpose, place, requestKey, ...said } = input;
  const id = idOfRequest(ctx, 'gft', requestKey);
  const restriction = { purpose, ...(place && { area: place }) };
  const donor = giver === 'organisation' ? await donorOf(ctx, input) : undefined;
  const code = randomId(ctx.random, 'g');
  const opening = post(ctx, {
    key: `gift:${id}:opened`,
    kind: giftOpened,
    source: { type: 'gift', id },
    facts: { asked: hashOfAsked({ ...said, amountFen, giver, payerName, creditCode, donorKind, pool: restrictionPool(restriction) }) },
    numbers: [giftNumbers],
    guards: donor?.guards ?? [],
    writes: (posted) => [
      ...(donor?.writes ?? []),
      insertion(ctx, Gift, {
        _id: id,
        number: posted.numbers[giftNumbers.name] ?? '',
        code,
        donorKind: donor?.kind ?? (giver === 'anonymous' ? 'anonymous' : 'person'),
        ...(donor ? { donor: donor.id, payerName: donor.name } : {}),
        ...(giver === 'person' && payerName ? sealedPerson(id, { name: payerName, phone: input.phone }) : {}),
        showName: giver !== 'anonymous' && input.showName,
        amountFen,
        restriction,
        channel: 'cash',
        state: giftStates.begin('awaiting', ctx),
        openedAt: ctx.clock.now(),
        openedBy: ctx.actor.id,
        attempts: [],
      }),
      recorded(ctx, 'gift.opened', { type: 'gift', id }, { amountFen, purpose, channel: 'cash' }),
    ],
  });
  try {
    await opening;
  } catch (error) {
    // Two first gifts of one organisation at one moment: the other has written the donor, so the second try finds it.
    if ((isRefused(error, 'stale') || isRefused(error, 'exists')) && donor?.guards.length) return openCashGift(ctx, input);
    throw error;
  }
  return id;
}

async function donorOf(ctx: Context, { creditCode, payerName, donorKind }: TakeCashInput): Promise<NamedDonor> {
  invariant(creditCode && payerName, 'cash.input-was-checked');
  return donorByCreditCode(ctx, { creditCode, name: payerName, kind: donorKind });
}
