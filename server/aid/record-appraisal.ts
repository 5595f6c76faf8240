import { recorded } from '../audit';
import { assertNotOwnHousehold } from '../households';
import type { Context } from '../kernel/context';
import { failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidAppraised } from './aid.accounts';
import type { AppraisalInput } from './aid.inputs';
import { AidCase } from './aid-case.model';
import { nextState } from './case-step';
import { findCaseOrThrow } from './find-cases';

/** Records the village's appraisal meeting 民主评议 with its minutes; the case may then be posted. */
export async function recordAppraisal(ctx: Context, { id, on, present, minutes }: AppraisalInput): Promise<AidCase> {
  const aidCase = await findCaseOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, aidCase.household);
  if (aidCase.state.name === 'appraised' && aidCase.appraisal?.minutes === minutes) return aidCase;
  if (on > shanghaiDay(ctx.clock.now())) failField('on', 'in-the-future');
  if (aidCase.visit && on < aidCase.visit.on) failField('on', 'before-the-visit', { day: aidCase.visit.on });
  const next = await nextState(ctx, aidCase, 'appraised');
  await post(ctx, {
    key: `aid:${id}:round:${aidCase.round}:appraised`,
    kind: aidAppraised,
    source: { type: 'aidCase', id },
    guards: [unchanged(AidCase, aidCase)],
    writes: () => [
      change(AidCase, aidCase, { ...next, appraisal: { on, present, minutes } }),
      recorded(ctx, 'aid.appraised', { type: 'aidCase', id }),
    ],
  });
  return findCaseOrThrow(ctx, id);
}
