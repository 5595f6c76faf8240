import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { shanghaiDay } from '../kernel/local-date';
import { z } from '../platform/validation/zod';
import { findStandingVersions, findVersionsOf } from './find-setting-versions';
import { type SettingDefinition, settingDefinition, settingDefinitions, settingUnits } from './setting-definition';
import type { SettingVersion } from './setting-version.model';
import { settingVersionStates } from './setting-version.states';
import { typedText } from './value-text';
import { isInForce } from './version-chip';

/** One version as programs get it. */
export const settingVersionView = z
  .object({
    id: z.string(),
    name: z.string().openapi({ example: 'topUp.yearCap' }),
    scope: z.string().openapi({ description: 'Division code' }),
    value: z.unknown().openapi({ description: 'Yuan and percent as text, other numbers as numbers, tables as JSON' }),
    effectiveFrom: z.string(),
    effectiveTo: z.string().optional(),
    sourceDoc: z.string(),
    reason: z.string(),
    state: z.enum(settingVersionStates.states as [string, ...string[]]),
    proposedBy: z.string(),
    proposedAt: z.string(),
    confirmedBy: z.string().optional(),
    confirmedAt: z.string().optional(),
    declinedBecause: z.string().optional(),
  })
  .openapi('SettingVersion');

const settingView = z
  .object({
    name: z.string(),
    room: z.string(),
    unit: z.enum(settingUnits),
    inForce: z.array(settingVersionView).openapi({ description: 'Today, one for each scope that has its own' }),
    proposed: z.array(settingVersionView),
  })
  .openapi('Setting');

export const settingListView = z.object({ settings: z.array(settingView) });
export const settingHistoryView = settingView.extend({ versions: z.array(settingVersionView) }).openapi('SettingHistory');

export function versionOf(version: SettingVersion): z.input<typeof settingVersionView> {
  const { _id, ledger, version: revision, state, proposedAt, confirmedAt, value, ...rest } = version;
  const definition = settingDefinition(version.name);
  return {
    ...rest,
    id: _id,
    value: definition ? valueForPrograms(definition, value) : value,
    state: state.name,
    proposedAt: proposedAt.toISOString(),
    ...(confirmedAt && { confirmedAt: confirmedAt.toISOString() }),
  };
}

/** All numbers with what holds today and what is proposed. */
export async function settingList(ctx: Context): Promise<z.input<typeof settingListView>> {
  const standing = await findStandingVersions(ctx);
  return {
    settings: settingDefinitions().map((definition) =>
      settingOf(
        ctx,
        definition,
        standing.filter(({ name }) => name === definition.name),
      ),
    ),
  };
}

/** One number with all its versions, newest first. @throws AppError `not-found` */
export async function settingHistory(ctx: Context, name: string): Promise<z.input<typeof settingHistoryView>> {
  const definition = settingDefinition(name) ?? fail('not-found');
  const versions = await findVersionsOf(ctx, name);
  return { ...settingOf(ctx, definition, versions), versions: versions.map(versionOf) };
}

function settingOf(ctx: Context, { name, room, unit }: SettingDefinition<unknown>, versions: readonly SettingVersion[]) {
  const today = shanghaiDay(ctx.clock.now());
  return {
    name,
    room,
    unit,
    inForce: versions.filter((version) => isInForce(version, today)).map(versionOf),
    proposed: versions.filter(({ state }) => state.name === 'proposed').map(versionOf),
  };
}

function valueForPrograms(definition: SettingDefinition<unknown>, value: unknown): unknown {
  const isText = definition.unit === 'fen' || definition.unit === 'fenPerPerson' || definition.unit === 'percent';
  return isText ? typedText(definition, value) : value;
}
