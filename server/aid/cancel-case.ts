import { recorded } from '../audit';
import { assertNotOwnHousehold } from '../households';
import { mayReach } from '../identity';
import type { Context } from '../kernel/context';
import { fail, invariant } from '../kernel/errors';
import { post } from '../ledger';
import { findPayable, voidingPayable } from '../payments';
import { change, unchanged } from '../platform/mongo/document-writes';
import { aidCancelled, aidWithdrawn } from './aid.accounts';
import type { ReasonInput } from './aid.inputs';
import { AidCase } from './aid-case.model';
import { nextState } from './case-step';
import { endOfRun } from './end-of-run';
import { findCaseOrThrow } from './find-cases';

const graceDays = 30; // what a restriction's last day has overtaken may still be used so long (LEDGER §5)

/**
 * Cancels a case: before its approval it is simply over; after it, the sum goes back to the gifts it came from. Not while it is in a
 * batch or with the bank (DOMAIN 6). @throws `state.not-allowed`.
 */
export async function cancelCase(ctx: Context, { id, reason }: ReasonInput): Promise<AidCase> {
  const aidCase = await findCaseOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, aidCase.household);
  if (aidCase.state.name === 'cancelled') return aidCase;
  const isReserved = aidCase.state.name === 'approved' || aidCase.state.name === 'scheduled';
  await (isReserved ? freeMoney(ctx, aidCase, reason) : withdraw(ctx, aidCase, reason));
  return findCaseOrThrow(ctx, id);
}

async function withdraw(ctx: Context, aidCase: AidCase, reason: string): Promise<void> {
  const next = await nextState(ctx, aidCase, 'cancelled', reason);
  const over = await endOfRun(ctx, aidCase);
  await post(ctx, {
    key: `aid:${aidCase._id}:withdrawn`,
    kind: aidWithdrawn,
    source: { type: 'aidCase', id: aidCase._id },
    guards: [unchanged(AidCase, aidCase), over.guard],
    writes: () => [change(AidCase, aidCase, next), over.write({}), recorded(ctx, 'aid.cancelled', { type: 'aidCase', id: aidCase._id })],
  });
}

async function freeMoney(ctx: Context, aidCase: AidCase, reason: string): Promise<void> {
  if (!mayReach(ctx.actor, aidCase.village, 'aid.approve')) fail('access.denied');
  const owed = await findPayable(ctx, aidCase._id);
  const { reservedBy } = aidCase;
  invariant(owed && reservedBy, 'aid.approved-case-is-reserved', { case: aidCase._id });
  const freed = voidingPayable(ctx, owed);
  const next = await nextState(ctx, aidCase, 'cancelled', reason);
  const over = await endOfRun(ctx, aidCase);
  await post(ctx, {
    key: `reversal:${reservedBy}`,
    kind: aidCancelled,
    source: { type: 'aidCase', id: aidCase._id },
    tags: { village: aidCase.village, cause: aidCase.cause },
    reverses: reservedBy,
    graceDays,
    guards: [unchanged(AidCase, aidCase), over.guard, freed.guard],
    writes: () => [
      change(AidCase, aidCase, next),
      over.write({ topUps: over.given.topUps.filter((one) => one.case !== aidCase._id) }),
      freed.write,
      recorded(ctx, 'aid.cancelled', { type: 'aidCase', id: aidCase._id }, { amountFen: aidCase.amountFen }),
    ],
  });
}
