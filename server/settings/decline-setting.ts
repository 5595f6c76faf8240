import type { Context } from '../kernel/context';
import { change, unchanged } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import { findSettingVersionOrThrow } from './find-setting-versions';
import { settingRecorded } from './setting-recorded';
import { SettingVersion } from './setting-version.model';
import { settingVersionStates } from './setting-version.states';
import { turnPage } from './turn-page';

/**
 * Takes a proposal off the table, with a reason: the proposer who thinks again, or the second person who does not agree. It stays on
 * file. @throws AppError `state.not-allowed` when it was decided already.
 */
export async function declineSetting(ctx: Context, { id, reason }: { id: string; reason: string }): Promise<SettingVersion> {
  const page = await turnPage(ctx);
  const proposal = await findSettingVersionOrThrow(ctx, id);
  const declined = { state: settingVersionStates.enter(proposal.state, 'declined', ctx), declinedBecause: reason };
  await transact(ctx, {
    key: `setting:${id}:declined`,
    guards: [page.guard, unchanged(SettingVersion, proposal)],
    writes: [page.write, change(SettingVersion, proposal, declined), settingRecorded(ctx, 'setting.declined', proposal, { reason })],
  });
  return { ...proposal, ...declined };
}
