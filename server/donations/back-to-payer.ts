import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import type { StateChip } from '../platform/views/mark-helpers';
import { findDisputesOf } from './disputes/find-disputes';
import type { Gift } from './gift.model';
import { findRefundsOf } from './refunds/find-refunds';
import { refundChip } from './refunds/refund-pages';

export const disputeFamilies = { open: 'check', withdrawn: 'check', returned: 'running', won: 'done', lost: 'failed' } as const;

/** One refund or dispute of a gift, in words. `note` says what is no longer there. */
export interface BackToPayer {
  what: string;
  amountFen: number;
  at: Date;
  chip: StateChip;
  note?: string;
  href?: string;
}

/** Refunds and disputes of a gift for its pages; only staff may open a refund. */
export async function backToPayer(ctx: Context, t: Translate, gift: Gift, viewer: 'staff' | 'giver' | 'public'): Promise<BackToPayer[]> {
  const [refunds, disputes] = await Promise.all([findRefundsOf(ctx, gift._id), findDisputesOf(ctx, gift._id)]);
  const gone = (lossFen: number | undefined) => (lossFen ? { note: t('donations:back.loss', { sum: lossFen }) } : {});
  return [
    ...refunds.map((refund) => ({
      what: t('donations:back.refund'),
      amountFen: refund.amountFen,
      at: refund.askedAt,
      chip: refundChip(t, refund),
      ...gone(refund.lossFen),
      ...(viewer === 'staff' && { href: `/donations/refunds/${refund._id}` }),
    })),
    ...disputes.map(({ amountFen, openedAt, state, lossFen }) => ({
      what: t('donations:back.dispute'),
      amountFen,
      at: openedAt,
      chip: { family: disputeFamilies[state.name], word: t(`donations:back.disputeState.${state.name}`) },
      ...gone(lossFen),
    })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}
