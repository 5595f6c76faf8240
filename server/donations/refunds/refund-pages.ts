import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { fail } from '../../kernel/errors';
import { fen } from '../../kernel/money';
import { fenToYuanText } from '../../kernel/money-text';
import { randomId } from '../../kernel/random';
import { findEntryByKey } from '../../ledger';
import type { Translate } from '../../platform/i18n/translator';
import type { StateChip } from '../../platform/views/mark-helpers';
import { findGiftById, findGiftByNumber } from '../find-gifts';
import { freeOf } from '../free-of-gift';
import { staffGiver } from '../gift-words';
import { findRefundList, findRefundOrThrow } from './find-refunds';
import { type GiftRefund, refundReasons } from './refund.model';
import type { RefundState } from './refund.states';
import { type RefundFilters, refundViews } from './refunds.inputs';

const families = {
  asked: 'check',
  approved: 'running',
  sent: 'running',
  refunded: 'done',
  declined: 'still',
  failed: 'failed',
} as const satisfies Record<RefundState, StateChip['family']>;

export function refundChip(t: Translate, { state }: Pick<GiftRefund, 'state'>): StateChip {
  return { family: families[state.name], word: t(`donations:refund.state.${state.name}`) };
}

/** The list of refunds. */
export async function refundsPage(ctx: Context, t: Translate, filters: RefundFilters, hrefOf: (view: string) => string) {
  const { rows, next } = await findRefundList(ctx, filters);
  return {
    view: filters.view,
    views: refundViews.map((view) => ({ href: hrefOf(view), label: t(`donations:refund.view.${view}`), current: view === filters.view })),
    rows: await Promise.all(rows.map((refund) => factsOf(ctx, t, refund))),
    next,
  };
}

/** The form that asks for a refund of one gift: what is free, the lawful reasons. */
export async function askRefundPage(ctx: Context, t: Translate, number: string) {
  const gift = (await findGiftByNumber(ctx, number)) ?? fail('not-found');
  if (!gift.received || gift.channel === 'goods') return fail('not-found'); // goods go back by hand
  const { freeFen } = await freeOf(ctx, gift);
  return {
    requestKey: randomId(ctx.random, 'req'),
    number,
    giver: staffGiver(t, gift),
    amountFen: gift.amountFen,
    freeFen,
    usedFen: gift.amountFen - freeFen,
    whole: fenToYuanText(fen(freeFen)),
    way: t(`donations:into.${gift.received.into}`),
    isReceipted: gift.state.name === 'receipted',
    reasons: refundReasons.map((value) => ({
      value,
      label: t(`donations:refund.reason.${value}`),
      hint: t(`donations:refund.reasonHint.${value}`),
    })),
  };
}

/** One refund with what decides about it. */
export async function refundPage(ctx: Context, t: Translate, id: string) {
  const refund = await findRefundOrThrow(ctx, id);
  const people = await maskedNames(ctx, [refund.askedBy, refund.approvedBy ?? '', refund.state.by].filter(Boolean));
  const who = (person: string | undefined) => (person ? (people.get(person) ?? t('audit:someone.system')) : undefined);
  const isOther = refund.askedBy !== ctx.actor.id;
  const entry = await findEntryByKey(ctx, `refund:${id}:settled`);
  const { name } = refund.state;
  return {
    ...(await factsOf(ctx, t, refund)),
    note: refund.note,
    refusal: refund.refusal && t(`donations:refund.refusal.${refund.refusal}`, { defaultValue: refund.refusal }),
    lossFen: refund.lossFen,
    proof: refund.proof,
    entrySeq: entry?.seq,
    mayDecide: name === 'asked' && isOther && may(ctx.actor, 'refund.approve'),
    isOwn: name === 'asked' && !isOther,
    mayRecordTransfer: name === 'approved' && refund.channel !== 'online' && may(ctx.actor, 'refund.ask'),
    events: [
      ...(name === 'asked' || name === 'approved'
        ? []
        : [{ what: t(`donations:refund.state.${name}`), at: refund.state.at, who: who(refund.state.by) }]),
      ...(refund.approvedAt ? [{ what: t('donations:refund.state.approved'), at: refund.approvedAt, who: who(refund.approvedBy) }] : []),
      { what: t('donations:refund.state.asked'), at: refund.askedAt, who: who(refund.askedBy) },
    ],
  };
}

async function factsOf(ctx: Context, t: Translate, refund: GiftRefund) {
  const gift = await findGiftById(ctx, refund.gift);
  return {
    id: refund._id,
    href: `/donations/refunds/${refund._id}`,
    number: refund.number ?? t('donations:refund.outside'),
    giver: staffGiver(t, gift),
    gift: { number: gift.number, href: `/donations/gifts/${gift.number}`, amountFen: gift.amountFen },
    amountFen: refund.amountFen,
    reason: t(`donations:refund.reason.${refund.reason}`),
    way: t(`donations:into.${refund.channel}`),
    askedAt: refund.askedAt,
    chip: refundChip(t, refund),
  };
}
