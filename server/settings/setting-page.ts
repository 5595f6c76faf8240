import type { Context } from '../kernel/context';
import { fail } from '../kernel/errors';
import { addDays, type LocalDate, shanghaiDay } from '../kernel/local-date';
import { randomId } from '../kernel/random';
import { holdsOn } from '../kernel/setting-period';
import type { Translate } from '../platform/i18n/translator';
import { findVersionsOf } from './find-setting-versions';
import { groupedRows, type SettingRow, settingRows, viewTabs } from './list-page';
import { proposalView } from './proposal-view';
import { type SettingDefinition, settingDefinition } from './setting-definition';
import { storedValue } from './setting-in-force';
import { noLimit } from './setting-values';
import type { SettingVersion } from './setting-version.model';
import type { SettingsNeeds } from './settings-needs';
import { type Step, stepChart } from './step-chart';
import { typedText } from './value-text';
import { settingLabel, settingMeaning, tableLines, valueSize, valueWords } from './value-words';
import { isInForce, versionChip } from './version-chip';

/** One number: how it has changed, all its versions, and the proposal to make or to decide. @throws AppError `not-found` */
export async function settingPage(ctx: Context, t: Translate, needs: SettingsNeeds, name: string) {
  const definition = settingDefinition(name) ?? fail('not-found');
  const today = shanghaiDay(ctx.clock.now());
  const [versions, rows] = await Promise.all([findVersionsOf(ctx, name), settingRows(ctx, t)]);
  const places = needs.places(ctx);
  const names = await needs.namesOf(ctx, [...new Set(versions.flatMap(peopleOf))]);
  const who = (id: string | undefined) => (id === undefined ? undefined : (names.get(id) ?? id));
  const widest = [...new Set(versions.map(({ scope }) => scope))].sort((a, b) => a.length - b.length)[0];
  const current = versions.find((version) => version.scope === widest && isInForce(version, today));
  const proposal = versions.findLast(({ state }) => state.name === 'proposed');

  return {
    name,
    label: settingLabel(t, name),
    meaning: settingMeaning(t, name),
    room: t(`settings:room.${definition.room}`),
    value: current ? valueWords(t, definition, storedValue(definition, current)) : t('settings:none'),
    place: widest && (places[0]?.code === widest ? t('settings:place.county') : needs.placeName(widest, ctx.locale)),
    views: viewTabs(t, rows, 'all', (view) => `/settings?view=${view}`),
    groups: groupsAround(t, rows, name),
    chart: chartOf(
      t,
      definition,
      versions.filter(({ scope }) => scope === widest),
      today,
    ),
    versions: versions.map((version) => ({
      id: version._id,
      value: valueWords(t, definition, storedValue(definition, version)),
      lines: tableLines(definition, storedValue(definition, version)),
      chip: versionChip(t, version, today),
      isCurrent: isInForce(version, today),
      from: version.effectiveFrom,
      to: version.effectiveTo,
      place: version.scope === places[0]?.code ? undefined : needs.placeName(version.scope, ctx.locale),
      sourceDoc: version.sourceDoc,
      proposed: { by: who(version.proposedBy), at: version.proposedAt },
      confirmed: version.confirmedAt && { by: who(version.confirmedBy), at: version.confirmedAt },
      declined: version.declinedBecause && { by: who(version.state.by), at: version.state.at, because: version.declinedBecause },
      reason: version.reason,
    })),
    // One at a time: the next is shown when this one is decided.
    proposal: proposal && proposalView(ctx, t, needs, definition, versions, proposal),
    // Not `form`: that name is for what a person typed.
    proposing: needs.may(ctx.actor, 'settings.propose') ? formOf(ctx, t, definition, current, places) : undefined,
  };
}

/** All numbers by room; open are the room of this number and those where something waits. */
function groupsAround(t: Translate, rows: readonly SettingRow[], name: string) {
  return groupedRows(t, rows).map((group) => ({
    heading: group.heading,
    isOpen: group.rows.some((row) => row.name === name || row.chip !== undefined),
    rows: group.rows.map((row) => ({ ...row, current: row.name === name })),
  }));
}

function peopleOf({ proposedBy, confirmedBy, state }: SettingVersion): string[] {
  return [proposedBy, state.by, ...(confirmedBy === undefined ? [] : [confirmedBy])];
}

/** The steps of what counted and will count, and a proposal dashed; undefined where the number has no size. */
function chartOf(t: Translate, definition: SettingDefinition<unknown>, versions: readonly SettingVersion[], today: LocalDate) {
  const drawn = versions.filter(({ state }) => state.name === 'confirmed' || state.name === 'proposed');
  const proposed = drawn.find(({ state }) => state.name === 'proposed');
  const steps = drawn.flatMap((version): Step[] => {
    const value = storedValue(definition, version);
    const size = valueSize(definition, value);
    if (size === undefined) return [];
    const text = valueWords(t, definition, value).replace(/\.00\b/, '');
    const kind = version.state.name === 'proposed' ? 'proposed' : isInForce(version, today) ? 'current' : 'still';
    const to = kind === 'proposed' ? version.effectiveTo : endBefore(version, proposed);
    const label = kind === 'still' ? text : t(`settings:chart.${kind}`, { text });
    return [{ from: version.effectiveFrom, to, size, label, kind }];
  });
  if (steps.length === 0 || steps.length < drawn.length) return undefined;
  return stepChart(
    steps.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    today,
    t('settings:chart.today'),
  );
}

/** The last day of a version, or the day before a proposal that would end it. */
function endBefore(version: SettingVersion, proposed: SettingVersion | undefined): LocalDate | undefined {
  const isEnded = proposed !== undefined && version.effectiveFrom < proposed.effectiveFrom && holdsOn(version, proposed.effectiveFrom);
  return isEnded ? addDays(proposed.effectiveFrom, -1) : version.effectiveTo;
}

/** How the number is typed, and what stands in the fields before anybody has. */
function formOf(
  ctx: Context,
  t: Translate,
  definition: SettingDefinition<unknown>,
  current: SettingVersion | undefined,
  places: ReturnType<SettingsNeeds['places']>,
) {
  const { unit, name, schema } = definition;
  const value = current && storedValue(definition, current);
  const hint = name === 'calendar' ? 'calendar' : schema.safeParse(noLimit).success && unit !== 'choice' ? 'limit' : unit;
  return {
    unit,
    isMoney: unit === 'fen' || unit === 'fenPerPerson',
    isTable: unit === 'table',
    options: optionsOf(t, definition),
    value: value === undefined ? '' : typedText(definition, value),
    hint: ['percent', 'table', 'limit', 'calendar'].includes(hint) ? t(`settings:propose.hint.${hint}`) : undefined,
    fromHint: fromHint(t, definition, current),
    earliest: current ? addDays(shanghaiDay(ctx.clock.now()), 1) : undefined,
    places: places.map(({ code, name: label }) => ({ value: code, label })),
    requestKey: randomId(ctx.random, 'req'),
  };
}

function fromHint(t: Translate, definition: SettingDefinition<unknown>, current: SettingVersion | undefined): string {
  if (!current) return t('settings:propose.fromFirst');
  if (definition.unit === 'table') return t('settings:propose.fromHintTable');
  return t('settings:propose.fromHint', { text: valueWords(t, definition, storedValue(definition, current)) });
}

/** What can be chosen; undefined for what is typed. */
function optionsOf(t: Translate, definition: SettingDefinition<unknown>) {
  const { unit, choices } = definition;
  const values = unit === 'yesNo' ? [true, false] : unit === 'choice' ? choices : undefined;
  return values?.map((value) => ({ value: String(value), label: valueWords(t, definition, value) }));
}
