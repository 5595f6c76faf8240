import type { Translate } from '../platform/i18n/translator';
import type { Hindrance, ShelfGood } from './shelf-view';

const icons = { points: 'lock', limit: 'lock', outOfStock: 'package-off' } as const;

/** Why a good cannot be taken, in words beside it: instead of its price where none is chosen, beside the grey + where some are. */
export function hindranceText(t: Translate, { hindrance, chosen }: ShelfGood): { why?: string; whyIcon?: string; noMore?: string } {
  if (!hindrance) return {};
  return chosen > 0 ? { noMore: noMoreText(t, hindrance) } : { why: whyText(t, hindrance), whyIcon: icons[hindrance.why] };
}

function noMoreText(t: Translate, hindrance: Hindrance): string {
  return hindrance.why === 'points' ? t('kiosk:noMore.points') : t(`kiosk:noMore.${hindrance.why}`, { count: hindrance.most });
}

function whyText(t: Translate, hindrance: Hindrance): string {
  switch (hindrance.why) {
    case 'points':
      return t('kiosk:goods.missing', { count: hindrance.missing });
    case 'limit':
      return t(`kiosk:goods.limit.${hindrance.per}`);
    case 'outOfStock':
      return t('kiosk:goods.outOfStock');
  }
}
