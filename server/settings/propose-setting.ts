import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../kernel/context';
import { fail, failField } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { idOfRequest } from '../platform/crypto/id-of-request';
import { insertion } from '../platform/mongo/document-writes';
import { transact } from '../platform/mongo/transact';
import { findStandingVersions } from './find-setting-versions';
import { assertMayStand } from './may-stand';
import { reaches } from './reaches';
import { readTypedValue } from './read-typed-value';
import { type SettingDefinition, settingDefinition } from './setting-definition';
import { settingRecorded } from './setting-recorded';
import { SettingVersion } from './setting-version.model';
import { settingVersionStates } from './setting-version.states';
import type { ProposeSettingInput } from './settings.inputs';
import { turnPage } from './turn-page';

/**
 * Proposes a new version of a number; it counts when another person has confirmed it. One proposal at a time for a number and place.
 * The same `requestKey` again gives the same person's first proposal.
 * @throws AppError `not-found` for an unknown number, `input.invalid` at the field that does not fit, `ledger.conflict` when the key came
 * with something else before.
 */
export async function proposeSetting(ctx: Context, input: ProposeSettingInput): Promise<SettingVersion> {
  const definition = settingDefinition(input.name) ?? fail('not-found');
  const id = idOfRequest(ctx, 'sv', input.requestKey);
  const page = await turnPage(ctx);
  const earlier = await SettingVersion.findOne({ _id: id, ledger: ctx.ledger }).lean();
  if (earlier) return isSame(earlier, input, definition) ? earlier : fail('ledger.conflict', { key: input.requestKey });
  if (!reaches(ctx.actor, input.scope)) failField('scope', 'not-a-choice');

  const { name, scope, effectiveFrom, effectiveTo, sourceDoc, reason } = input;
  const proposal = {
    _id: id,
    name,
    scope,
    value: readTypedValue(definition, input.value),
    effectiveFrom,
    ...(effectiveTo !== undefined && { effectiveTo, proposedTo: effectiveTo }),
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
  const { ends, replaces } = assertMayStand(standing, proposal, shanghaiDay(ctx.clock.now()));
  const before = replaces ?? ends?.version;
  if (before && before.effectiveTo === effectiveTo && isDeepStrictEqual(before.value, proposal.value)) {
    failField('value', 'setting.same-value', { day: before.effectiveFrom });
  }

  await transact(ctx, {
    key: `setting:${id}:proposed`,
    guards: [page.guard],
    writes: [page.write, insertion(ctx, SettingVersion, proposal), settingRecorded(ctx, 'setting.proposed', proposal, { reason })],
  });
  return await SettingVersion.findOne({ _id: id, ledger: ctx.ledger }).orFail().lean();
}

/** An honest retry. The last day is compared as it was asked: a later version may have ended the first proposal since. */
function isSame(earlier: SettingVersion, input: ProposeSettingInput, definition: SettingDefinition<unknown>): boolean {
  const told = ({ name, scope, effectiveFrom, sourceDoc, reason }: ProposeSettingInput | SettingVersion) =>
    [name, scope, effectiveFrom, sourceDoc, reason].join('\n');
  if (earlier.proposedTo !== input.effectiveTo) return false;
  return told(earlier) === told(input) && isDeepStrictEqual(earlier.value, readTypedValue(definition, input.value));
}
