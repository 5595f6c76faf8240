import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { findPledgeOrThrow } from './find-pledges';
import { Pledge } from './pledge.model';
import { isEndedPledge, pledgeStates } from './pledge.states';
import { pledgeNoted, pledgeReleased } from './pledges.accounts';

/**
 * Asks that a giver in hardship be let off what has not come yet: a promise for poverty relief binds, and only a reported and disclosed
 * hardship releases (DO5; Charity Law 41). Another person decides. @throws `state.not-allowed`
 */
export async function askRelease(ctx: Context, { id, reason, report }: { id: string; reason: string; report: string }): Promise<Pledge> {
  const pledge = await findPledgeOrThrow(ctx, id);
  const asked = pledge.release;
  if (asked?.by === ctx.actor.id && asked.reason === reason && asked.report === report) return pledge; // a second click
  pledgeStates.assertMay(pledge.state.name, 'released');
  if (asked) fail('state.not-allowed', { from: 'releaseAsked' });
  await post(ctx, {
    key: `pledge:${id}:releaseAsked:${pledge.version}`,
    kind: pledgeNoted,
    source: { type: 'pledge', id },
    facts: { report },
    guards: [unchanged(Pledge, pledge)],
    writes: () => [
      change(Pledge, pledge, { release: { reason, report, by: ctx.actor.id, at: ctx.clock.now() } }),
      recorded(ctx, 'pledge.releaseAsked', { type: 'pledge', id }, { reason }),
    ],
  });
  return findPledgeOrThrow(ctx, id);
}

/** A second person lets the giver off, or says no. @throws `rule.same-person` for who asked, `state.not-allowed`. */
export async function decideRelease(ctx: Context, { id, decision }: { id: string; decision: 'release' | 'keep' }): Promise<Pledge> {
  const pledge = await findPledgeOrThrow(ctx, id);
  if (decision === 'release' && pledge.state.name === 'released' && pledge.state.by === ctx.actor.id) return pledge; // a second click
  if (!pledge.release || isEndedPledge(pledge)) return fail('state.not-allowed', { from: pledge.state.name });
  if (pledge.release.by === ctx.actor.id) fail('rule.same-person', { number: pledge.number });
  const released = decision === 'release';
  const changes: Partial<Pledge> = released ? { state: pledgeStates.enter(pledge.state, 'released', ctx) } : { release: undefined };
  await post(ctx, {
    key: `pledge:${id}:release:${pledge.version}`,
    kind: pledgeReleased,
    source: { type: 'pledge', id },
    facts: { decision },
    guards: [unchanged(Pledge, pledge)],
    writes: () => [
      change(Pledge, pledge, changes),
      recorded(ctx, released ? 'pledge.released' : 'pledge.kept', { type: 'pledge', id }, { reason: pledge.release?.reason ?? '' }),
    ],
  });
  return findPledgeOrThrow(ctx, id);
}
