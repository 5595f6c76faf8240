import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { change, unchanged } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import { findSettingVersionOrThrow } from './find-setting-versions';
import { reaches } from './reaches';
import { settingRecorded } from './setting-recorded';
import { SettingVersion } from './setting-version.model';
import { settingVersionStates } from './setting-version.states';
import type { DeclineSettingInput } from './settings.inputs';
import { turnPage } from './turn-page';

/**
 * Takes a proposal off the table, with a reason: the second person does not agree. It stays on file.
 * @throws AppError `state.not-allowed` when it was decided already.
 */
export async function declineSetting(ctx: Context, { id, reason }: DeclineSettingInput): Promise<SettingVersion> {
  const page = await turnPage(ctx);
  const proposal = await findSettingVersionOrThrow(ctx, id);
  if (!reaches(ctx.actor, proposal.scope)) fail('not-found');
  const declined = { state: settingVersionStates.enter(proposal.state, 'declined', ctx), declinedBecause: reason };
  await transact(ctx, {
    key: `setting:${id}:declined`,
    guards: [page.guard, unchanged(SettingVersion, proposal)],
    writes: [page.write, change(SettingVersion, proposal, declined), settingRecorded(ctx, 'setting.declined', proposal, { reason })],
  });
  return { ...proposal, ...declined };
}

/** Takes back one's own proposal. @throws AppError `not-found` for another's, and like {@link declineSetting}. */
export async function withdrawSetting(ctx: Context, input: DeclineSettingInput): Promise<SettingVersion> {
  const proposal = await findSettingVersionOrThrow(ctx, input.id);
  if (proposal.proposedBy !== ctx.actor.id) fail('not-found');
  return await declineSetting(ctx, input);
}
