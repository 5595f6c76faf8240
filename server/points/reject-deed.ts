import { recorded } from '../audit';
import { assertNotOwnHousehold } from '../households';
import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { post } from '../ledger';
import { change, removal, unchanged } from '../platform/mongo/document-writes';
import { Deed } from './deed.model';
import { deedStates } from './deed.states';
import { DeedClaim } from './deed-claim.model';
import { findDeedOrThrow } from './find-deeds';
import { deedRejected } from './points.accounts';
import type { RejectDeedInput } from './points.inputs';

/** A second person sends a deed back with a reason. Its claim goes free: it may be recorded again, put right. */
export async function rejectDeed(ctx: Context, { id, reason }: RejectDeedInput): Promise<Deed> {
  const deed = await findDeedOrThrow(ctx, id);
  await assertNotOwnHousehold(ctx, deed.household);
  if (deed.state.name === 'rejected') return deed;
  if (deed.recordedBy === ctx.actor.id) fail('rule.same-person', { step: 'recorded' });
  const state = deedStates.enter(deed.state, 'rejected', ctx);
  const claim = (await DeedClaim.findOne({ _id: deed.claim, ledger: ctx.ledger }).lean<DeedClaim>()) ?? fail('state.stale');
  await post(ctx, {
    key: `deed:${id}:rejected`,
    kind: deedRejected,
    source: { type: 'deed', id },
    guards: [unchanged(Deed, deed), unchanged(DeedClaim, claim)],
    writes: () => [
      change(Deed, deed, { state, rejection: reason }),
      removal(DeedClaim, claim),
      recorded(ctx, 'deed.rejected', { type: 'deed', id }),
    ],
  });
  return { ...deed, state, rejection: reason };
}
