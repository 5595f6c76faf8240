import { recorded } from '../audit';
import { assertNotOwnHousehold } from '../households';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidSentBack } from './aid.accounts';
import type { ReasonInput } from './aid.inputs';
import { AidCase } from './aid-case.model';
import { assertNoHandIn, handsInRound, nextState } from './case-step';
import { findCaseOrThrow } from './find-cases';

/** Sends a case back to the village for another visit: a new round, in which earlier signatures no longer count. */
export async function sendBackCase(ctx: Context, { id, reason }: ReasonInput): Promise<AidCase> {
  if (reason === '') failField('opinion', 'required');
  const aidCase = await findCaseOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, aidCase.household);
  if (aidCase.state.name === 'sentBack' && aidCase.state.by === ctx.actor.id) return aidCase;
  assertNoHandIn(ctx, aidCase, handsInRound(aidCase));
  const next = await nextState(ctx, aidCase, 'sentBack', reason);
  await post(ctx, {
    key: `aid:${id}:round:${aidCase.round}:sentBack`,
    kind: aidSentBack,
    source: { type: 'aidCase', id },
    guards: [unchanged(AidCase, aidCase)],
    writes: () => [
      change(AidCase, aidCase, { ...next, round: aidCase.round + 1, reviewer: undefined, notice: undefined }),
      recorded(ctx, 'aid.sentBack', { type: 'aidCase', id }),
    ],
  });
  return findCaseOrThrow(ctx, id);
}
