import { recorded } from '../audit';
import { assertNotOwnHousehold } from '../households';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidRefused } from './aid.accounts';
import type { ReasonInput } from './aid.inputs';
import { AidCase } from './aid-case.model';
import { assertNoHandIn, handsInRound, nextState } from './case-step';
import { endOfRun } from './end-of-run';
import { findCaseOrThrow } from './find-cases';

/** Refuses a case before its approval, with a reason that the family may read. The household may ask again. */
export async function refuseCase(ctx: Context, { id, reason }: ReasonInput): Promise<AidCase> {
  if (reason === '') failField('opinion', 'required');
  const aidCase = await findCaseOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, aidCase.household);
  if (aidCase.state.name === 'refused' && aidCase.state.by === ctx.actor.id) return aidCase;
  assertNoHandIn(ctx, aidCase, handsInRound(aidCase));
  const next = await nextState(ctx, aidCase, 'refused', reason);
  const over = await endOfRun(ctx, aidCase);
  await post(ctx, {
    key: `aid:${id}:refused`,
    kind: aidRefused,
    source: { type: 'aidCase', id },
    guards: [unchanged(AidCase, aidCase), over.guard],
    writes: () => [change(AidCase, aidCase, next), over.write({}), recorded(ctx, 'aid.refused', { type: 'aidCase', id })],
  });
  return findCaseOrThrow(ctx, id);
}
