import type { Translate } from '../platform/i18n/translator';
import type { StateChip } from '../platform/views/mark-helpers';
import type { DeedState } from './deed.states';

const chips: Readonly<Record<DeedState, { family: StateChip['family']; key: string }>> = {
  scored: { family: 'waiting', key: 'states:waiting.confirmation' },
  awarded: { family: 'done', key: 'states:done.received' },
  rejected: { family: 'failed', key: 'states:failed.refused' },
};

/** The chip of a deed's state. */
export function deedChip(t: Translate, state: DeedState): StateChip {
  const { family, key } = chips[state];
  return { family, word: t(key) };
}
