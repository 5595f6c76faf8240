import { recorded } from '../audit';
import { assertNotOwnHousehold, findHouseholdOrThrow } from '../households';
import type { Context } from '../kernel/context';
import { shanghaiDay } from '../kernel/local-date';
import { post } from '../ledger';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { insertion } from '../platform/mongo/document-writes';
import { findReliefOrThrow } from './find-relief';
import type { ReferReliefInput } from './relief.inputs';
import { reliefReferred } from './relief.kinds';
import { reliefStates } from './relief.states';
import { ReliefRecord } from './relief-record.model';

/** Refers a household to the department that grants one kind of relief (DOMAIN 4, RE2). */
export async function referRelief(ctx: Context, input: ReferReliefInput): Promise<ReliefRecord> {
  const household = await findHouseholdOrThrow(ctx, input.household);
  await assertNotOwnHousehold(ctx, household._id);
  const id = idOfRequest(ctx, 'rel', `${household._id}/${input.requestKey}`);
  await post(ctx, {
    key: `relief:${id}:referred`,
    kind: reliefReferred,
    source: { type: 'relief', id },
    facts: { household: household._id, kind: input.kind, department: input.department },
    writes: () => [
      insertion(ctx, ReliefRecord, {
        _id: id,
        household: household._id,
        village: household.village,
        kind: input.kind,
        department: input.department,
        state: reliefStates.begin('referred', ctx),
        pendingSince: shanghaiDay(ctx.clock.now()),
        receipts: [],
      }),
      recorded(ctx, 'relief.referred', { type: 'relief', id }),
    ],
  });
  return findReliefOrThrow(ctx, id);
}
