import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { AppError, type FieldIssue, failField } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { insertion } from '../../platform/mongo/document-writes';
import { changeNumbers } from '../funds.accounts';
import type { AskChangeInput } from '../funds.inputs';
import { changeAsked } from '../funds.kinds';
import { type Restriction, restrictionPool } from '../restrictions';
import { findChangeOrThrow } from './find-changes';
import { type FreeLot, freeLotsOf } from './free-lots';
import { PurposeChange } from './purpose-change.model';
import { changeStates } from './purpose-change.states';

/**
 * Asks that money of a gift's or income's free rest goes under another restriction, with the consent that was given for it (FU3). No money
 * moves before another person confirms; what the lot still has then decides.
 * @throws `input.invalid` at `origin`, `lot`, `amount`, `purpose`, `lastDay`, `consentOn`.
 */
export async function askChange(ctx: Context, input: AskChangeInput): Promise<PurposeChange> {
  const found = (await freeLotsOf(ctx, input.origin)) ?? failField('origin', 'no-such-money');
  const from = found.lots.find(({ lot }) => lot === input.lot) ?? failField('lot', 'not-a-choice');
  const to: Restriction = {
    purpose: input.purpose,
    ...(input.place && { area: input.place }),
    ...(input.lastDay && { lastDay: input.lastDay }),
  };
  const faults = faultsOf(ctx, input, from, to);
  if (faults.length > 0) throw new AppError('input.invalid', {}, faults);

  const { requestKey, amount: amountFen, consentOn, consentDocument, reason } = input;
  const id = idOfRequest(ctx, 'fpc', requestKey);
  const asked = { origin: found.origin, lot: from.lot, amountFen, pool: restrictionPool(to), consentOn, consentDocument, reason };
  await post(ctx, {
    key: `purpose-change:${id}:asked`,
    kind: changeAsked,
    source: { type: 'purposeChange', id },
    facts: { asked: hashOfAsked(asked) },
    numbers: [changeNumbers],
    writes: (posted) => [
      insertion(ctx, PurposeChange, {
        _id: id,
        number: posted.numbers[changeNumbers.name] ?? '',
        origin: found.origin,
        lot: from.lot,
        pool: from.pool,
        amountFen,
        from: from.restriction,
        to,
        consentOn,
        consentDocument,
        reason,
        askedBy: ctx.actor.id,
        askedAt: ctx.clock.now(),
        state: changeStates.begin('asked', ctx),
      }),
      recorded(ctx, 'fund.changeAsked', { type: 'purposeChange', id }, { amountFen, purpose: to.purpose, reason }),
    ],
  });
  return findChangeOrThrow(ctx, id);
}

function faultsOf(ctx: Context, { amount, consentOn, lastDay }: AskChangeInput, from: FreeLot, to: Restriction): FieldIssue[] {
  const today = shanghaiDay(ctx.clock.now());
  return [
    ...(amount > from.freeFen ? [{ path: 'amount', code: 'amount-too-large', params: { maxFen: from.freeFen } }] : []),
    ...(restrictionPool(to) === from.pool ? [{ path: 'purpose', code: 'same-purpose' }] : []),
    ...(lastDay && lastDay < today ? [{ path: 'lastDay', code: 'day-is-over' }] : []),
    ...(consentOn > today ? [{ path: 'consentOn', code: 'in-the-future' }] : []),
  ];
}
