import type { Context } from '../kernel/context';
import { post } from '../ledger';
import { findPayable, type Payable } from '../payments';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidFollowed } from './aid.accounts';
import { AidCase, type CaseStep } from './aid-case.model';
import { type AidCaseState, aidCaseStates } from './aid-case.states';
import { nextState, stepOf } from './case-step';
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

/** Brings a case to where its payment is: heard from the payments room, late, in any order and any number of times. */
export async function followPayment(ctx: Context, { payableId }: { payableId: string }): Promise<void> {
  const owed = await findPayable(ctx, payableId);
  const aidCase = await AidCase.findOne({ _id: payableId, ledger: ctx.ledger }).lean<AidCase>();
  if (!owed || !aidCase) return;
  const step = await nextStep(ctx, aidCase, owed);
  if (!step) return;
  const over = step.state.name === 'paid' ? await endOfRun(ctx, aidCase) : undefined;
  await post(ctx, {
    key: `aid:${aidCase._id}:follows:${aidCase.version}`,
    kind: aidFollowed,
    source: { type: 'aidCase', id: aidCase._id },
    guards: [unchanged(AidCase, aidCase), ...(over ? [over.guard] : [])],
    writes: () => [change(AidCase, aidCase, step), ...(over ? [over.write({})] : [])],
  });
  await followPayment(ctx, { payableId }); // until nothing is left to tell
}

/** The next thing to tell about the payment, or undefined when the case says it all. */
async function nextStep(ctx: Context, aidCase: AidCase, owed: Payable): Promise<Pick<AidCase, 'state' | 'steps' | 'dueOn'> | undefined> {
  const to = stateOf[owed.state.name];
  if (!to) return undefined;
  const by = { ...ctx, actor: { ...ctx.actor, id: owed.state.by } }; // the step is that of who paid, not of the job that tells it
  const isUntold = owed.state.name === 'returned' && times(aidCase, 'returned') < owed.attempts;
  // A message may be late: money that is paid or back was on its way first, so that the history is whole.
  const wasSent = owed.state.name === 'paid' || isUntold;
  const through = aidCase.state.name === 'approved' && wasSent ? 'scheduled' : to;
  if (through === aidCase.state.name || !aidCaseStates.may(aidCase.state.name, through)) return undefined;
  const next = await nextState(by, aidCase, through);
  if (through !== 'approved') return next;
  return { ...next, steps: [...aidCase.steps, stepOf(by, aidCase, isUntold ? 'returned' : 'withdrawn', owed.returnReason)] };
}

function times({ steps }: AidCase, what: CaseStep['what']): number {
  return steps.filter((step) => step.what === what).length;
}
