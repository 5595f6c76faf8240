import type { Context } from '../kernel/context';
import { post } from '../ledger';
import { findPayable, type Payable } from '../payments';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidFollowed } from './aid.accounts';
import { AidCase } from './aid-case.model';
import { type AidCaseState, aidCaseStates } from './aid-case.states';
import { nextState } from './case-step';
import { endOfRun } from './end-of-run';

/** What a case is while its money is here. */
const stateOf: Readonly<Record<Payable['state']['name'], AidCaseState | undefined>> = {
  open: 'approved',
  batched: 'scheduled',
  sent: 'scheduled',
  returned: 'approved',
  paid: 'paid',
  void: undefined, // the cancelling act has done it
};

/** Brings a case to where its payment is: heard from the payments room, in any order and any number of times. */
export async function followPayment(ctx: Context, { payableId }: { payableId: string }): Promise<void> {
  const owed = await findPayable(ctx, payableId);
  const aidCase = await AidCase.findOne({ _id: payableId, ledger: ctx.ledger }).lean<AidCase>();
  const to = owed && stateOf[owed.state.name];
  if (!owed || !aidCase || !to || to === aidCase.state.name || !aidCaseStates.may(aidCase.state.name, throughScheduled(aidCase, to)))
    return;
  const by = { ...ctx, actor: { ...ctx.actor, id: owed.state.by } }; // the step is that of who paid, not of the job that tells it
  const step = await nextState(by, aidCase, throughScheduled(aidCase, to), owed.returnReason);
  const over = step.state.name === 'paid' ? await endOfRun(ctx, aidCase) : undefined;
  await post(ctx, {
    key: `aid:${aidCase._id}:follows:${aidCase.version}`,
    kind: aidFollowed,
    source: { type: 'aidCase', id: aidCase._id },
    guards: [unchanged(AidCase, aidCase), ...(over ? [over.guard] : [])],
    writes: () => [change(AidCase, aidCase, step), ...(over ? [over.write({})] : [])],
  });
  if (step.state.name !== to) await followPayment(ctx, { payableId });
}

/** A message may be late: a case that is already paid still passes through `scheduled`, so that its history is whole. */
function throughScheduled({ state }: AidCase, to: AidCaseState): AidCaseState {
  return state.name === 'approved' && to === 'paid' ? 'scheduled' : to;
}
