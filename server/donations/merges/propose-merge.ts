import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { insertion } from '../../platform/mongo/document-writes';
import { mergeNoted } from '../donations.accounts';
import { findDonor } from '../donors';
import { DonorMerge, mergeStates } from './donor-merge.model';
import { findMergeOrThrow } from './find-merges';
import { mergeFault } from './merge-fault';
import type { ProposeMergeInput } from './merges.inputs';

/** Proposes that two records are one donor. Nothing changes before another person approves. @throws `not-found`, `input.invalid` at `into` */
export async function proposeMerge(ctx: Context, { id: from, into, reason, requestKey }: ProposeMergeInput): Promise<DonorMerge> {
  const [going, staying] = [(await findDonor(ctx, from)) ?? fail('not-found'), await findDonor(ctx, into)];
  if (!staying) return failField('into', 'not-a-choice');
  const id = idOfRequest(ctx, 'mrg', requestKey);
  const fault = mergeFault(going, staying);
  if (fault) failField('into', fault);
  await post(ctx, {
    key: `donor-merge:${id}:proposed`,
    kind: mergeNoted,
    source: { type: 'donorMerge', id },
    facts: { asked: hashOfAsked({ from, into, reason }) },
    writes: () => [
      insertion(ctx, DonorMerge, {
        _id: id,
        from,
        into,
        reason,
        askedBy: ctx.actor.id,
        askedAt: ctx.clock.now(),
        ...(staying.registeredAt && { registeredAt: staying.registeredAt }),
        state: mergeStates.begin('proposed', ctx),
      }),
      recorded(ctx, 'donor.mergeProposed', { type: 'donor', id: from }, { reason }),
    ],
  });
  return findMergeOrThrow(ctx, id);
}
