import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { mergeNoted } from '../donations.accounts';
import { Donor } from '../donor.model';
import { findDonor, recordsOf } from '../donors';
import { namingOf } from '../naming/naming';
import { DonorMerge, mergeStates } from './donor-merge.model';
import { findMergeOrThrow } from './find-merges';
import { mergeFault } from './merge-fault';
import type { DeclineMergeInput } from './merges.inputs';

/**
 * Approves a merge as the second person: the record that goes points to the one that stays, which from now on shows both. Gifts, entries
 * and receipts stay as they were written. A no to being named holds for both. Whoever registers afterwards sees of both what is given then.
 * @throws `not-found`, `rule.same-person`, `state.stale` when somebody has registered for it since it was proposed, `state.not-allowed` when
 * they may not become one any more.
 */
export async function approveMerge(ctx: Context, { id }: { id: string }): Promise<DonorMerge> {
  const asked = await findMergeOrThrow(ctx, id);
  if (asked.state.name === 'approved' && asked.state.by === ctx.actor.id) return asked; // a second click
  if (asked.askedBy === ctx.actor.id) fail('rule.same-person', { step: 'approveMerge' });
  const state = mergeStates.enter(asked.state, 'approved', ctx);
  const [from, into] = [(await findDonor(ctx, asked.from)) ?? fail('not-found'), (await findDonor(ctx, asked.into)) ?? fail('not-found')];
  if (into.registeredAt?.getTime() !== asked.registeredAt?.getTime()) fail('state.stale'); // whose people it is was not looked at
  const fault = mergeFault(from, into);
  if (fault) fail('state.not-allowed', { from: fault, to: 'merged' });
  const creditCode = into.creditCode ?? from.creditCode;
  const isNo = namingOf(from) === 'never' && namingOf(into) !== 'never';
  const absorbed = recordsOf(from);
  await post(ctx, {
    key: `donor-merge:${id}:approved`,
    kind: mergeNoted,
    source: { type: 'donorMerge', id },
    guards: [unchanged(DonorMerge, asked), unchanged(Donor, from), unchanged(Donor, into)],
    writes: () => [
      change(DonorMerge, asked, { state }),
      change(Donor, from, { mergedInto: into._id }),
      change(Donor, into, {
        absorbed: [...(into.absorbed ?? []), ...absorbed],
        ...(into.registeredAt && { absorbedWhole: [...(into.absorbedWhole ?? []), ...absorbed] }),
        ...(creditCode && { creditCode }),
        ...(isNo && from.naming && { naming: from.naming }),
      }),
      recorded(ctx, 'donor.merged', { type: 'donor', id: into._id }, { reason: asked.reason }),
    ],
  });
  return findMergeOrThrow(ctx, id);
}

/** Declines it: both records stay. @throws `not-found`, `rule.same-person`, `state.not-allowed` */
export async function declineMerge(ctx: Context, { id, reason }: DeclineMergeInput): Promise<DonorMerge> {
  const asked = await findMergeOrThrow(ctx, id);
  if (asked.state.name === 'declined' && asked.state.by === ctx.actor.id) return asked;
  if (asked.askedBy === ctx.actor.id) fail('rule.same-person', { step: 'declineMerge' });
  const state = mergeStates.enter(asked.state, 'declined', ctx);
  await post(ctx, {
    key: `donor-merge:${id}:declined`,
    kind: mergeNoted,
    source: { type: 'donorMerge', id },
    facts: { asked: reason },
    guards: [unchanged(DonorMerge, asked)],
    writes: () => [
      change(DonorMerge, asked, { state, refusal: reason }),
      recorded(ctx, 'donor.mergeDeclined', { type: 'donor', id: asked.from }, { reason }),
    ],
  });
  return findMergeOrThrow(ctx, id);
}
