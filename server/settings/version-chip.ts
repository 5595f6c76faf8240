import type { LocalDate } from '../kernel/local-date';
import { holdsOn } from '../kernel/setting-period';
import type { Translate } from '../platform/i18n/translator';
import type { StateChip } from '../platform/views/mark-helpers';
import type { SettingVersion } from './setting-version.model';

type Dated = Pick<SettingVersion, 'state' | 'scope' | 'effectiveFrom' | 'effectiveTo'>;

/** Whether a version is confirmed and holds on a day in its scope. */
export function isInForce(version: Dated, day: LocalDate): boolean {
  return version.state.name === 'confirmed' && holdsOn(version, day);
}

/** What a version is today, in colour and word. */
export function versionChip(t: Translate, version: Dated, today: LocalDate): StateChip {
  switch (version.state.name) {
    case 'proposed':
      return { family: 'waiting', word: t('states:waiting.confirmation') };
    case 'declined':
      return { family: 'failed', word: t('states:failed.refused') };
    case 'replaced':
      return { family: 'failed', word: t('states:failed.voided') };
    case 'confirmed':
      if (isInForce(version, today)) return { family: 'done', word: t('states:done.active') };
      return version.effectiveFrom > today
        ? { family: 'running', word: t('settings:state.coming') }
        : { family: 'still', word: t('states:still.ended') };
  }
}
