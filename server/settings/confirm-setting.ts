import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { change, type DocumentGuard, type DocumentWrite, unchanged } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import { findSettingVersionOrThrow, findStandingVersions } from './find-setting-versions';
import type { Fit } from './fit-version';
import { assertMayStand } from './may-stand';
import { reaches } from './reaches';
import { settingRecorded } from './setting-recorded';
import { SettingVersion } from './setting-version.model';
import { settingVersionStates } from './setting-version.states';
import { turnPage } from './turn-page';

/**
 * Confirms a proposal: from its first day on it is the number in force, and the version before it ends the day before. The confirmer
 * is another person than the proposer, whatever their roles. Confirming twice changes nothing.
 * @throws AppError `rule.same-person`, `state.not-allowed`, or `input.invalid` when it no longer fits (its first day has come).
 */
export async function confirmSetting(ctx: Context, { id }: { id: string }): Promise<SettingVersion> {
  const page = await turnPage(ctx);
  const proposal = await findSettingVersionOrThrow(ctx, id);
  if (!reaches(ctx.actor, proposal.scope)) fail('not-found');
  if (proposal.confirmedBy === ctx.actor.id) return proposal;
  if (proposal.proposedBy === ctx.actor.id) fail('rule.same-person');
  const state = settingVersionStates.enter(proposal.state, 'confirmed', ctx);
  const fit = assertMayStand(await findStandingVersions(ctx), proposal, shanghaiDay(ctx.clock.now()));

  const confirmation = { state, confirmedBy: ctx.actor.id, confirmedAt: ctx.clock.now() };
  const before = settle(ctx, fit);
  await transact(ctx, {
    key: `setting:${id}:confirmed`,
    guards: [page.guard, unchanged(SettingVersion, proposal), ...before.guards],
    writes: [
      page.write,
      change(SettingVersion, proposal, confirmation),
      ...before.writes,
      settingRecorded(ctx, 'setting.confirmed', proposal, { before: fit.replaces ?? fit.ends?.version }),
    ],
  });
  return { ...proposal, ...confirmation };
}

/** The versions that make room. */
function settle(ctx: Context, { ends, replaces }: Fit<SettingVersion>): { guards: DocumentGuard[]; writes: DocumentWrite[] } {
  const changes = [
    ...(ends ? [{ version: ends.version, fields: { effectiveTo: ends.on } }] : []),
    ...(replaces ? [{ version: replaces, fields: { state: settingVersionStates.enter(replaces.state, 'replaced', ctx) } }] : []),
  ];
  return {
    guards: changes.map(({ version }) => unchanged(SettingVersion, version)),
    writes: changes.map(({ version, fields }) => change(SettingVersion, version, fields)),
  };
}
