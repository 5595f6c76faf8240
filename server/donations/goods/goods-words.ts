import { maskName } from '../../kernel/mask';
import { decryptField } from '../../platform/crypto/encrypt-field';
import type { Translate } from '../../platform/i18n/translator';
import type { StateChip } from '../../platform/views/mark-helpers';
import type { GoodsState } from './goods.states';
import { type GoodsOffer, offerPlace } from './goods-offer.model';

const families = {
  offered: 'waiting',
  inspected: 'check',
  accepted: 'running',
  refused: 'failed',
  withdrawn: 'still',
  valued: 'done',
  shelved: 'done',
} as const satisfies Record<GoodsState, StateChip['family']>;

export function goodsChip(t: Translate, { state }: Pick<GoodsOffer, 'state'>): StateChip {
  return { family: families[state.name], word: t(`given:state.${state.name}`) };
}

/** Who offers, for staff: an organisation by name, a person masked (PR5). */
export function goodsGiver({ _id, payerName, payerSealed }: GoodsOffer): string {
  return payerName ?? (payerSealed === undefined ? '' : maskName(decryptField(payerSealed, offerPlace(_id, 'payerName'))));
}

/** `大米 200 袋、食用油 40 桶`: the first ones, so that a list stays readable. */
export function goodsText(t: Translate, lines: GoodsOffer['lines']): string {
  const shown = lines.slice(0, 3).map(({ name, quantity, unit }) => t('given:lineText', { name, quantity, unit }));
  return [...shown, ...(lines.length > shown.length ? [t('given:more', { count: lines.length - shown.length })] : [])].join(t('given:and'));
}
