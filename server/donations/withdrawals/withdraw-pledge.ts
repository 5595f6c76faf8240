import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { shanghaiDay } from '../../kernel/local-date';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { findGiftsOfPledge, findOwnPledgeOrThrow, findPledgeOrThrow } from '../pledges/find-pledges';
import { Pledge } from '../pledges/pledge.model';
import { pledgeStates } from '../pledges/pledge.states';
import { isHeldByLink, isOnlyAnnounced } from './may-withdraw';
import { pledgeWithdrawn } from './withdrawals.kinds';

/**
 * By a member of the organisation, as long as nothing was paid and nothing is due: later the promise binds, and only hardship releases
 * from it (DO5). What staff recorded from a signed paper, only staff take back. @throws `not-found`, `pledge.binds`, `state.not-allowed`
 */
export async function withdrawPledgeOfOwn(ctx: Context, { id }: { id: string }): Promise<Pledge> {
  const pledge = await findOwnPledgeOrThrow(ctx, id, 'gift.give');
  if (pledge.state.name !== 'withdrawn' && !isStillOwn(ctx, pledge)) fail('pledge.binds', { number: pledge.number });
  return withdraw(ctx, pledge);
}

/** By staff, what was recorded by mistake; who is in hardship is released by two persons instead. @throws `not-found`, `state.not-allowed` */
export async function withdrawPledge(ctx: Context, { id, reason }: { id: string; reason: string }): Promise<Pledge> {
  return withdraw(ctx, await findPledgeOrThrow(ctx, id), reason);
}

/** Whether its giver may still take it back himself. */
export function isStillOwn(ctx: Context, pledge: Pledge): boolean {
  return !isHeldByLink(pledge) && pledge.nextDueOn >= shanghaiDay(ctx.clock.now());
}

/** Nothing was paid or kept in kind on it, nor was anything paid that went back, and nobody has asked for a release. */
export function isOnlyPromised({ state, release, keptInKind = [] }: Pledge, gifts: readonly Gift[]): boolean {
  return (
    pledgeStates.may(state.name, 'withdrawn') &&
    !release &&
    keptInKind.length === 0 &&
    gifts.every(({ received, transfer }) => !received && !transfer)
  );
}

/** Ends with it the numbers under which money was awaited; what comes under one of them all the same is a gift like any other. */
async function withdraw(ctx: Context, pledge: Pledge, reason?: string): Promise<Pledge> {
  const { _id: id, totalFen } = pledge;
  if (pledge.state.name === 'withdrawn') return pledge; // a second click
  const gifts = await findGiftsOfPledge(ctx, id);
  if (!isOnlyPromised(pledge, gifts)) fail('state.not-allowed', { from: pledge.state.name, to: 'withdrawn' });
  const awaited = gifts.filter(isOnlyAnnounced);
  await post(ctx, {
    key: `pledge:${id}:withdrawn`,
    kind: pledgeWithdrawn,
    source: { type: 'pledge', id },
    guards: [unchanged(Pledge, pledge), ...awaited.map((gift) => unchanged(Gift, gift))],
    writes: () => [
      change(Pledge, pledge, { state: pledgeStates.enter(pledge.state, 'withdrawn', ctx) }),
      ...awaited.map((gift) => change(Gift, gift, { state: giftStates.enter(gift.state, 'withdrawn', ctx) })),
      recorded(ctx, 'pledge.withdrawn', { type: 'pledge', id }, { totalFen, ...(reason !== undefined && { reason }) }),
    ],
  });
  return findPledgeOrThrow(ctx, id);
}
