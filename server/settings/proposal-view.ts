import type { Context } from '../kernel/context';
import { addDays, type LocalDate } from '../kernel/local-date';
import { holdsOn } from '../kernel/setting-period';
import type { Translate } from '../platform/i18n/translator';
import { formatDay } from '../platform/views/format';
import type { SettingDefinition } from './setting-definition';
import { storedValue } from './setting-in-force';
import type { SettingVersion } from './setting-version.model';
import type { SettingsNeeds } from './settings-needs';
import { tableLines, valueSize, valueWords } from './value-words';

/** A proposal as the second person sees it: what it changes, from when, and what stays. */
export function proposalView(
  ctx: Context,
  t: Translate,
  needs: SettingsNeeds,
  definition: SettingDefinition<unknown>,
  versions: readonly SettingVersion[],
  proposal: SettingVersion,
) {
  const value = storedValue(definition, proposal);
  const text = valueWords(t, definition, value);
  const before = versionBefore(versions, proposal);
  const own = proposal.proposedBy === ctx.actor.id;
  const day = (date: LocalDate) => formatDay(date, ctx.locale);
  return {
    id: proposal._id,
    text,
    lines: tableLines(definition, value),
    effect: [
      { label: t('settings:open.now'), value: before ? valueWords(t, definition, storedValue(definition, before)) : t('settings:none') },
      { label: t('settings:open.becomes'), value: text },
      ...difference(t, definition, before, value),
      ...(before ? [{ label: t('settings:open.endsOn'), value: day(addDays(proposal.effectiveFrom, -1)) }] : []),
      { label: t('settings:open.from'), value: day(proposal.effectiveFrom) },
      ...(proposal.effectiveTo
        ? [
            { label: t('settings:open.to'), value: day(proposal.effectiveTo) },
            { label: t('settings:open.then'), value: t('settings:open.thenNone') },
          ]
        : []),
      { label: t('settings:open.where'), value: needs.placeName(proposal.scope, ctx.locale) },
      { label: t('settings:open.decided'), value: t('settings:open.unchanged') },
    ],
    own,
    mayConfirm: !own && needs.may(ctx.actor, 'settings.confirm'),
    mayDecline: own || needs.may(ctx.actor, 'settings.confirm'),
    confirm: t('settings:open.confirm', { text, day: day(proposal.effectiveFrom) }),
  };
}

/** The number that would hold on the proposal's first day without it, in the same place. */
function versionBefore(versions: readonly SettingVersion[], { scope, effectiveFrom }: SettingVersion): SettingVersion | undefined {
  const confirmed = versions.filter((version) => version.state.name === 'confirmed' && version.scope === scope);
  return (
    confirmed.find((version) => holdsOn(version, effectiveFrom)) ??
    confirmed.find((version) => holdsOn(version, addDays(effectiveFrom, -1)))
  );
}

function difference(t: Translate, definition: SettingDefinition<unknown>, before: SettingVersion | undefined, value: unknown) {
  const [from, to] = [before && valueSize(definition, storedValue(definition, before)), valueSize(definition, value)];
  if (from === undefined || to === undefined || from === to) return [];
  const size = valueWords(t, definition, Math.abs(to - from));
  return [{ label: t('settings:open.difference'), value: `${to > from ? '+' : '\u2212'}${size}` }];
}
