import type { Translate } from '../platform/i18n/translator';

/** What pages call an actor who is no person of ours: a visitor, a kiosk, a system job. */
export function machineName(t: Translate, actor: string): string {
  if (actor === 'visitor') return t('audit:someone.visitor');
  return actor.startsWith('kio_') ? t('audit:someone.kiosk') : t('audit:someone.system');
}
