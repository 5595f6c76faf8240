import type { Context } from '../kernel/context';
import { addDays, type LocalDate, shanghaiDay } from '../kernel/local-date';
import type { Translate } from '../platform/i18n/translator';
import type { StateChip } from '../platform/views/mark-helpers';
import { findStandingVersions } from './find-setting-versions';
import { type SettingDefinition, settingDefinitions } from './setting-definition';
import { storedValue } from './setting-in-force';
import type { SettingVersion } from './setting-version.model';
import type { SettingFilters } from './settings.inputs';
import { settingLabel, settingMeaning, valueWords } from './value-words';
import { isInForce, versionChip } from './version-chip';

const endsSoonDays = 90;
const views = ['all', 'proposed', 'ending', 'missing'] as const;
export type SettingView = (typeof views)[number];

/** One number in the list. */
export interface SettingRow {
  name: string;
  href: string;
  label: string;
  meaning: string;
  room: string;
  value: string;
  since?: LocalDate;
  sourceDoc?: string;
  chip?: StateChip;
  in: readonly SettingView[];
}

/** Every number with its value in force in the whole county, in groups by room. */
export async function settingRows(ctx: Context, t: Translate): Promise<SettingRow[]> {
  const standing = await findStandingVersions(ctx);
  const today = shanghaiDay(ctx.clock.now());
  return settingDefinitions().map((definition) => {
    const own = standing.filter(({ name }) => name === definition.name);
    return rowOf(t, definition, own, today);
  });
}

function rowOf(t: Translate, definition: SettingDefinition<unknown>, own: readonly SettingVersion[], today: LocalDate): SettingRow {
  const { name, room } = definition;
  const current = own.filter((version) => isInForce(version, today)).sort((a, b) => a.scope.length - b.scope.length)[0];
  const proposed = own.find(({ state }) => state.name === 'proposed');
  const endsSoon = current !== undefined && isLast(own, current) && (current.effectiveTo ?? '9999') <= addDays(today, endsSoonDays);
  const missing: StateChip = { family: 'check', word: t('settings:state.missing') };
  return {
    name,
    href: `/settings/${name}`,
    label: settingLabel(t, name),
    meaning: settingMeaning(t, name),
    room,
    value: current ? valueWords(t, definition, storedValue(definition, current)) : t('settings:none'),
    ...(current && { since: current.effectiveFrom, sourceDoc: current.sourceDoc }),
    ...(proposed ? { chip: versionChip(t, proposed, today) } : current ? {} : { chip: missing }),
    in: [
      'all',
      ...(proposed ? (['proposed'] as const) : []),
      ...(endsSoon ? (['ending'] as const) : []),
      ...(current ? [] : (['missing'] as const)),
    ],
  };
}

/** Whether no confirmed version follows in the same place. */
function isLast(own: readonly SettingVersion[], current: SettingVersion): boolean {
  return !own.some(
    ({ state, scope, effectiveFrom }) => state.name === 'confirmed' && scope === current.scope && effectiveFrom > current.effectiveFrom,
  );
}

/** Rows under the heading of their room. */
export function groupedRows(t: Translate, rows: readonly SettingRow[]): { heading: string; rows: readonly SettingRow[] }[] {
  const rooms = [...new Set(rows.map(({ room }) => room))];
  return rooms.map((room) => ({ heading: t(`settings:room.${room}`), rows: rows.filter((row) => row.room === room) }));
}

/** The tabs over the list, with the number of rows in each. */
export function viewTabs(
  t: Translate,
  rows: readonly SettingRow[],
  current: SettingView | undefined,
  hrefOf: (view: SettingView) => string,
) {
  return views.map((view) => ({
    href: hrefOf(view),
    label: t(`settings:view.${view}`),
    count: rows.filter((row) => row.in.includes(view)).length,
    current: view === current,
  }));
}

/** The list of all numbers, its tabs and filters. `hrefOf` is the address of the same list in another view. */
export async function listPage(ctx: Context, t: Translate, filters: SettingFilters, hrefOf: (view: SettingView) => string) {
  const rows = await settingRows(ctx, t);
  const view = filters.view ?? 'all';
  const wanted = filters.q?.toLowerCase() ?? '';
  const shown = rows
    .filter((row) => row.in.includes(view) && (!filters.room || row.room === filters.room))
    .filter(({ label, meaning, name }) => [label, meaning, name].some((text) => text.toLowerCase().includes(wanted)));
  return {
    filters,
    groups: groupedRows(t, shown),
    count: shown.length,
    isFiltered: Boolean(filters.room || filters.q),
    rooms: [...new Set(rows.map(({ room }) => room))].map((value) => ({ value, label: t(`settings:room.${value}`) })),
    views: viewTabs(t, rows, view, hrefOf),
    isWaiting: view === 'proposed',
  };
}
