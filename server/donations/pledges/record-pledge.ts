import { recorded } from '../../audit';
import type { Restriction } from '../../funds';
import type { Context } from '../../kernel/context';
import { failField } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { fen } from '../../kernel/money';
import { isRefused, post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { insertion } from '../../platform/mongo/document-writes';
import { donorByCreditCode, type NamedDonor } from '../donors';
import { payerOf } from '../open-gift';
import { ownDonorOrThrow } from '../own-donor';
import { findPledgeOrThrow } from './find-pledges';
import { type Instalment, Pledge } from './pledge.model';
import { pledgeStates } from './pledge.states';
import { pledgeNumbers, pledgeRecorded } from './pledges.accounts';
import type { OwnPledgeInput, PledgeInput, PromiseInput } from './pledges.inputs';

/**
 * Records what an organisation has promised, from its paper. A note: nothing is booked, and nothing counts as income before it comes.
 * A repeated request finds its first one. @throws `input.invalid`
 */
export async function recordPledge(ctx: Context, input: PledgeInput): Promise<Pledge> {
  const { payerName: name, creditCode, donorKind: kind, contactName, phone } = input;
  const donor = await donorByCreditCode(ctx, { creditCode, name, kind });
  if (donor.isRegistered && donor.name !== name) failField('payerName', 'not-the-registered-name');
  try {
    return await record(ctx, input, donor, { kind: 'organisation', name, creditCode, contactName, phone });
  } catch (error) {
    // The giver was written by somebody else at the same moment: the second try finds it.
    if ((isRefused(error, 'stale') || isRefused(error, 'exists')) && donor.guards.length > 0) return recordPledge(ctx, input);
    throw error;
  }
}

/** The same by a member of the organisation, in the portal: nothing about the giver has to be typed. */
export async function recordOwnPledge(ctx: Context, input: OwnPledgeInput): Promise<Pledge> {
  const { _id: id, kind, name } = await ownDonorOrThrow(ctx, 'gift.give');
  return record(ctx, input, { id, kind, name, isRegistered: true, guards: [], writes: [] }, { kind: 'member' });
}

async function record(ctx: Context, input: PromiseInput, donor: NamedDonor, giver: Parameters<typeof payerOf>[1]): Promise<Pledge> {
  if (input.signedOn > shanghaiDay(ctx.clock.now())) failField('signedOn', 'in-the-future');
  const id = idOfRequest(ctx, 'plg', input.requestKey);
  const restriction: Restriction = { purpose: input.purpose, ...(input.place && { area: input.place }) };
  const { contact } = payerOf(id, giver);
  const instalments = instalmentsOf(input);
  await post(ctx, {
    key: `pledge:${id}:recorded`,
    kind: pledgeRecorded,
    source: { type: 'pledge', id },
    facts: { asked: hashOfAsked(input), donor: donor.id },
    numbers: [pledgeNumbers],
    guards: donor.guards,
    writes: (posted) => [
      ...donor.writes,
      insertion(ctx, Pledge, {
        _id: id,
        number: posted.numbers[pledgeNumbers.name] ?? '',
        donor: donor.id,
        donorKind: donor.kind,
        payerName: donor.name,
        ...(contact && { contact }),
        showName: input.showName,
        ...(giver.kind === 'member' && { locale: ctx.locale }),
        kind: input.kind,
        ...(input.paper && { paper: input.paper }),
        signedOn: input.signedOn,
        restriction,
        totalFen: fen(input.total ?? 0),
        instalments,
        state: pledgeStates.begin('promised', ctx),
        nextDueOn: instalments[0]?.dueOn ?? input.signedOn,
        recordedBy: ctx.actor.id,
        recordedAt: ctx.clock.now(),
      }),
      recorded(ctx, 'pledge.recorded', { type: 'pledge', id }, { totalFen: input.total ?? 0 }),
    ],
  });
  return findPledgeOrThrow(ctx, id);
}

/** Money and what is in kind as one row of instalments, by their days whatever the order in which they were typed; of one day, as typed. */
function instalmentsOf({ instalments, inKind }: Pick<PromiseInput, 'instalments' | 'inKind'>): Instalment[] {
  const parts: Omit<Instalment, 'rank'>[] = [
    ...instalments.map(({ dueOn, amount }) => ({ dueOn, amountFen: fen(amount), reminded: [] })),
    ...inKind.map(({ dueOn, value, ...promised }) => ({
      dueOn,
      amountFen: fen(0),
      inKind: { ...promised, ...(value !== undefined && { valueFen: fen(value) }) },
      reminded: [],
    })),
  ];
  const byDay = parts.sort((a, b) => (a.dueOn === b.dueOn ? 0 : a.dueOn < b.dueOn ? -1 : 1));
  return byDay.map((part, place) => ({ rank: place + 1, ...part }));
}
