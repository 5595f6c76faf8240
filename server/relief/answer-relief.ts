import { recorded } from '../audit';
import { assertNotOwnHousehold } from '../households';
import type { Context } from '../kernel/context';
import { post } from '../ledger';
import { change, unchanged } from '../platform/mongo/document-writes';
import { findReliefOrThrow } from './find-relief';
import type { AnswerReliefInput } from './relief.inputs';
import { reliefAnswered } from './relief.kinds';
import { reliefStates } from './relief.states';
import { ReliefRecord } from './relief-record.model';

/** The department's answer to a referral: granted, refused or not applicable with a written reason, or ended (DOMAIN 4, RE2). */
export async function answerRelief(ctx: Context, { id, answer, reason }: AnswerReliefInput): Promise<ReliefRecord> {
  const record = await findReliefOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, record.household);
  if (record.state.name === answer) return record;
  const state = reliefStates.enter(record.state, answer, ctx);
  await post(ctx, {
    key: `relief:${id}:${answer}`,
    kind: reliefAnswered,
    source: { type: 'relief', id },
    guards: [unchanged(ReliefRecord, record)],
    writes: () => [
      change(ReliefRecord, record, { state, ...(reason && { reason }) }),
      recorded(ctx, 'relief.answered', { type: 'relief', id }, { answer }),
    ],
  });
  return findReliefOrThrow(ctx, id);
}
