import type { Context } from '../kernel/context';
import type { DivisionCode } from '../kernel/division-code';
import { type LocalDate, localDate } from '../kernel/local-date';
import { confirmSetting } from './confirm-setting';
import { findConfirmedVersions } from './find-setting-versions';
import { proposeSetting } from './propose-setting';
import { type SampleVersion, type SettingDefinition, settingDefinitions } from './setting-definition';
import { typedText } from './value-text';

export interface SampleSetting {
  /** Who proposes (county administrator) and who confirms (fund manager): two people. */
  proposer: Context;
  confirmer: Context;
  /** The county. */
  scope: DivisionCode;
  /** Named where a sample names no document of its own. */
  sourceDoc: string;
  /** All registered numbers unless told. */
  definitions?: readonly SettingDefinition<unknown>[];
}

const firstDay = localDate('2020-01-01');

/**
 * Puts the sample county's numbers in force through the same two acts as people do, oldest first; a number that has a version already
 * is left alone, so that it can be called again. For the seed and for tests of rooms.
 */
export async function enactSamples({ definitions = settingDefinitions(), ...setting }: SampleSetting): Promise<void> {
  const standing = await findConfirmedVersions(
    setting.proposer,
    definitions.map(({ name }) => name),
  );
  for (const definition of definitions) {
    if (standing.some(({ name }) => name === definition.name)) continue;
    const versions = definition.sampleHistory ?? [{ value: definition.sample, from: firstDay }];
    for (const version of versions) await enact(definition, version, setting);
  }
}

async function enact<Value>(definition: SettingDefinition<Value>, version: SampleVersion<Value>, setting: SampleSetting): Promise<void> {
  const { proposer, confirmer, scope } = setting;
  const proposal = await proposeSetting(proposer, {
    name: definition.name,
    scope,
    value: typedText(definition, version.value),
    effectiveFrom: version.from,
    effectiveTo: version.to,
    sourceDoc: version.sourceDoc ?? setting.sourceDoc,
    reason: '',
    requestKey: sampleKey(definition.name, version.from),
  });
  await confirmSetting(confirmer, { id: proposal._id });
}

function sampleKey(name: string, from: LocalDate): string {
  return `sample-${name.replaceAll('.', '-')}-${from}`.slice(0, 64);
}
