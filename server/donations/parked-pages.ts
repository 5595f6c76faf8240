import { maskedNames, may } from '../identity';
import type { Context } from '../kernel/context';
import { daysBetween, shanghaiDay } from '../kernel/local-date';
import { formatYuan } from '../kernel/money-text';
import type { Translate } from '../platform/i18n/translator';
import type { StateChip } from '../platform/views/mark-helpers';
import { findGiftById } from './find-gifts';
import { countParkedPayments, findParkedPaymentOrThrow, findParkedPayments } from './find-parked-payments';
import { restrictionText, staffGiver } from './gift-words';
import type { ParkedPayment } from './parked-payment.model';
import { type ParkedState, parkedStates } from './parked-payment.states';
import { returnsOf } from './refunds/parked-returns';
import type { ParkedFilters } from './staff.inputs';

const families = { waiting: 'check', booked: 'done', refundDue: 'waiting', paidBack: 'done' } as const satisfies Record<
  ParkedState,
  StateChip['family']
>;

/** Payments put aside: the one that has waited longest first, with its age. */
export async function parkedPaymentsPage(ctx: Context, t: Translate, filters: ParkedFilters, hrefOf: (view: string) => string) {
  const [{ rows, next }, counts] = await Promise.all([findParkedPayments(ctx, filters), countParkedPayments(ctx)]);
  return {
    view: filters.view,
    views: parkedStates.states.map((view) => ({
      href: hrefOf(view),
      label: t(`donations:parked.view.${view}`),
      count: counts[view] ?? 0,
      current: view === filters.view,
    })),
    rows: await Promise.all(rows.map((parked) => factsOf(ctx, t, parked))),
    next,
  };
}

/** One payment put aside, with what decides about it: what the gift said, what came, who paid. */
export async function parkedPaymentPage(ctx: Context, t: Translate, id: string) {
  const parked = await findParkedPaymentOrThrow(ctx, id);
  const booked = parked.bookedAs !== undefined ? await findGiftById(ctx, parked.bookedAs) : undefined;
  const people = await maskedNames(ctx, [parked.state.by]);
  const waits = parked.state.name === 'waiting';
  return {
    ...(await factsOf(ctx, t, parked)),
    sessionId: parked.sessionId,
    parkedAt: parked.parkedAt,
    booked: booked && { number: booked.number, href: pageOf(booked.number) },
    mayPayBack:
      parked.state.name === 'refundDue' &&
      !parked.payBack &&
      (parked.decidedBy ?? parked.state.by) !== ctx.actor.id &&
      may(ctx.actor, 'refund.approve'),
    isUnderWay: parked.state.name === 'refundDue' && parked.payBack !== undefined,
    paidBackAs: parked.paidBackAs,
    wentBackFen: sumBack(parked),
    mayDecide: waits && may(ctx.actor, 'gift.record'),
    decisions: (['gift', 'refund'] as const).map((value) => ({
      value,
      label: t(`donations:parked.decision.${value}`),
      hint: t(`donations:parked.hint.${value}`),
    })),
    reason: parked.reason,
    events: [
      ...(waits
        ? []
        : [{ what: t(`donations:parked.view.${parked.state.name}`), at: parked.state.at, who: people.get(parked.state.by) ?? '' }]),
      { what: t('donations:parked.putAside'), at: parked.parkedAt },
    ],
  };
}

/** What the payer has again of it, where that is not all. */
function sumBack(parked: ParkedPayment): number | undefined {
  const sum = returnsOf(parked).reduce((total, { amountFen = 0 }) => total + amountFen, 0);
  return sum > 0 && parked.state.name !== 'paidBack' ? sum : undefined;
}

async function factsOf(ctx: Context, t: Translate, parked: ParkedPayment) {
  const gift = await findGiftById(ctx, parked.gift);
  return {
    id: parked._id,
    href: `/donations/parked-payments/${parked._id}`,
    giver: staffGiver(t, gift),
    restriction: restrictionText(ctx, t, gift),
    gift: { number: gift.number, href: pageOf(gift.number) },
    saidFen: parked.saidFen,
    cameText: parked.amountFen === undefined ? t('donations:parked.foreign') : formatYuan(parked.amountFen),
    problem: t(`donations:problem.${parked.problem}`),
    why: t(`donations:parked.why.${parked.problem}`),
    ageDays: daysBetween(shanghaiDay(parked.parkedAt), shanghaiDay(parked.state.name === 'waiting' ? ctx.clock.now() : parked.state.at)),
    chip: { family: families[parked.state.name], word: t(`donations:parked.view.${parked.state.name}`) },
  };
}

function pageOf(number: string): string {
  return `/donations/gifts/${number}`;
}
