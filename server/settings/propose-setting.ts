import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { insertion } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import { findStandingVersions } from './find-setting-versions';
import { assertMayStand } from './may-stand';
import { reaches } from './reaches';
import { readTypedValue } from './read-typed-value';
import { settingDefinition } from './setting-definition';
import { settingRecorded } from './setting-recorded';
import { SettingVersion } from './setting-version.model';
import { settingVersionStates } from './setting-version.states';
import type { ProposeSettingInput } from './settings.inputs';
import { turnPage } from './turn-page';

/**
 * Proposes a new version of a number; it counts when another person has confirmed it. One proposal at a time for a number and place.
 * The same `requestKey` again gives the first proposal.
 * @throws AppError `not-found` for an unknown number, `input.invalid` at the field that does not fit.
 */
export async function proposeSetting(ctx: Context, input: ProposeSettingInput): Promise<SettingVersion> {
  const definition = settingDefinition(input.name) ?? fail('not-found');
  const id = `sv_${input.requestKey}`;
  const page = await turnPage(ctx);
  const earlier = await SettingVersion.findOne({ _id: id, ledger: ctx.ledger }).lean();
  if (earlier) return earlier;
  if (!reaches(ctx.actor, input.scope)) failField('scope', 'not-a-choice');

  const { name, scope, effectiveFrom, effectiveTo, sourceDoc, reason } = input;
  const proposal = {
    _id: id,
    name,
    scope,
    value: readTypedValue(definition, input.value),
    effectiveFrom,
    ...(effectiveTo !== undefined && { effectiveTo }),
    sourceDoc,
    reason,
    proposedBy: ctx.actor.id,
    proposedAt: ctx.clock.now(),
    state: settingVersionStates.begin('proposed', ctx),
  };
  const standing = await findStandingVersions(ctx);
  if (standing.some((other) => other.state.name === 'proposed' && other.name === name && other.scope === scope)) {
    failField('value', 'setting.already-proposed');
  }
  assertMayStand(standing, proposal, shanghaiDay(ctx.clock.now()));

  await transact(ctx, {
    key: `setting:${id}:proposed`,
    guards: [page.guard],
    writes: [page.write, insertion(ctx, SettingVersion, proposal), settingRecorded(ctx, 'setting.proposed', proposal, { reason })],
  });
  return await SettingVersion.findOne({ _id: id, ledger: ctx.ledger }).orFail().lean();
}
