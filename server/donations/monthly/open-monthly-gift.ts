import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { randomId } from '../../kernel/random';
import { isRefused, post } from '../../ledger';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { insertion } from '../../platform/mongo/document-writes';
import { asSystem } from '../as-system';
import type { GiveInput } from '../give.inputs';
import { readGive } from '../giver-of';
import { assertFiledWay, groundOfGiving } from '../ground-of-giving';
import { donorOf, payerOf } from '../open-gift';
import { attemptOf } from '../pay-attempts';
import { findMonthlyGift } from './find-monthly-gifts';
import { monthlyNumbers, monthlyOpened } from './monthly.accounts';
import { MonthlyGift } from './monthly-gift.model';
import { monthlyStates } from './monthly-gift.states';

/**
 * Takes down what somebody wants to give each month, by card, before any payment; the way to pay that the form names is left aside. A
 * repeated request finds its first one. @throws `state.not-allowed` when the county may not ask on this day,
 * `input.invalid` at `rhythm` where its filed plan lists no payments online (FU1).
 */
export async function openMonthlyGift(ctx: Context, input: GiveInput): Promise<MonthlyGift> {
  const { amountFen, restriction, giver } = readGive(input);
  const { purpose, area = '' } = restriction;
  const id = idOfRequest(ctx, 'mon', JSON.stringify([input.requestKey, amountFen, restriction, giver, input.showName]));
  const first = await MonthlyGift.findOne({ _id: id, ledger: ctx.ledger }).lean<MonthlyGift>();
  if (first) return first;
  assertFiledWay(await groundOfGiving(ctx), 'online', 'rhythm');
  const donor = await donorOf(ctx, giver);
  const code = randomId(ctx.random, 'm');
  const now = ctx.clock.now();
  const write = () =>
    post(asSystem(ctx, 'give-page'), {
      key: `monthly:${id}:opened`,
      kind: monthlyOpened,
      source: { type: 'monthlyGift', id },
      facts: { amountFen, purpose, area, giver: giver.kind },
      numbers: [monthlyNumbers],
      guards: donor?.guards ?? [],
      writes: (posted) => [
        ...(donor?.writes ?? []),
        insertion(ctx, MonthlyGift, {
          _id: id,
          number: posted.numbers[monthlyNumbers.name] ?? '',
          code,
          donorKind: donor?.kind ?? (giver.kind === 'person' ? 'person' : 'anonymous'),
          ...(donor && { donor: donor.id, payerName: donor.name }),
          ...payerOf(id, giver),
          showName: donor !== undefined && input.showName,
          restriction,
          amountFen,
          agreed: [amountFen],
          state: monthlyStates.begin('awaiting', ctx),
          locale: ctx.locale,
          openedAt: now,
          openedBy: ctx.actor.id,
          attempts: [attemptOf(`monthly:${id}`, 1, { startedAt: now, locale: ctx.locale })],
          missed: [],
        }),
        recorded(ctx, 'monthlyGift.opened', { type: 'monthlyGift', id }, { amountFen, purpose }),
      ],
    });
  try {
    await write();
  } catch (error) {
    // Two first gifts of one organisation at one moment: the other has written the donor, so the second try finds it.
    if ((isRefused(error, 'stale') || isRefused(error, 'exists')) && donor?.guards.length) return openMonthlyGift(ctx, input);
    throw error;
  }
  return findMonthlyGift(ctx, id);
}
