import { recorded } from '../audit';
import type { Context } from '../kernel/context';
import type { DocumentWrite } from '../platform/mongo/document-writes';
import { settingDefinition } from './setting-definition';
import type { SettingVersion } from './setting-version.model';
import { typedText } from './value-text';

type Facts = Pick<SettingVersion, '_id' | 'name' | 'value' | 'scope' | 'effectiveFrom' | 'effectiveTo'>;

/** The audit event of a change: what the number was before it, and what it is from its first day on. */
export function settingRecorded(
  ctx: Context,
  what: 'setting.proposed' | 'setting.confirmed' | 'setting.declined',
  version: Facts,
  { before, reason }: { before?: Facts | undefined; reason?: string } = {},
): DocumentWrite {
  const facts = { ...factsOf(version), ...(reason && { reason }) };
  return recorded(ctx, what, { type: 'setting', id: version.name }, facts, before && factsOf(before));
}

function factsOf({ _id, name, value, scope, effectiveFrom, effectiveTo }: Facts): Record<string, string> {
  const definition = settingDefinition(name);
  return {
    version: _id,
    value: definition ? typedText(definition, value) : JSON.stringify(value),
    scope,
    effectiveFrom,
    ...(effectiveTo && { effectiveTo }),
  };
}
