import type { Context } from '../kernel/context';
import { maskName } from '../kernel/mask';
import { decryptField } from '../platform/crypto/encrypt-field';
import type { Translate } from '../platform/i18n/translator';
import type { StateChip } from '../platform/views/mark-helpers';
import { divisionFullName } from '../regions';
import type { Gift } from './gift.model';
import type { GiftState } from './gift.states';
import { isNamed, type NamingChoice } from './naming/naming';

const families = {
  draft: 'still',
  awaiting: 'waiting',
  lapsed: 'still',
  withdrawn: 'still',
  received: 'done',
  receipted: 'done',
  refundAsked: 'check',
  refunded: 'still',
  disputed: 'check',
  chargedBack: 'failed',
  voided: 'failed',
} as const satisfies Record<GiftState, StateChip['family']>;

/** A gift's state as a chip; money that does not fit is to be checked, whatever the state. */
export function giftChip(t: Translate, gift: Pick<Gift, 'state' | 'problem'>): StateChip {
  if (gift.problem) return { family: 'check', word: t(`donations:problem.${gift.problem.code}`) };
  return { family: families[gift.state.name], word: t(`donations:state.${gift.state.name}`) };
}

/** What a gift is for: "因病救助 · 安宁镇". */
export function restrictionText(ctx: Context, t: Translate, { restriction }: Pick<Gift, 'restriction'>): string {
  const { purpose, area } = restriction;
  const words = t(`donations:purpose.${purpose}`);
  return area ? `${words} · ${divisionFullName(area, ctx.locale)}` : words;
}

/** The giver for everybody: by name only if he wants it shown, by what he said last. */
export function publicGiver(t: Translate, gift: Pick<Gift, 'donorKind' | 'payerName' | 'showName'>, naming: NamingChoice): string {
  return isNamed(naming, gift) && gift.payerName ? gift.payerName : t(`donations:hidden.${gift.donorKind}`);
}

/** The giver for staff: an organisation by name, a person masked (PR5: the full name only with a logged reason). */
export function staffGiver(t: Translate, gift: Pick<Gift, '_id' | 'donorKind' | 'payerName' | 'payerSealed'>): string {
  if (gift.payerName) return gift.payerName;
  return gift.payerSealed
    ? maskName(decryptField(gift.payerSealed, `gift/${gift._id}/payerName`))
    : t(`donations:hidden.${gift.donorKind}`);
}
