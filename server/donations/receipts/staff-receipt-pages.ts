import { maskedNames, may } from '../../identity';
import type { Context } from '../../kernel/context';
import { daysBetween, shanghaiDay } from '../../kernel/local-date';
import { randomId } from '../../kernel/random';
import type { Translate } from '../../platform/i18n/translator';
import { donorKinds } from '../donor-kinds';
import { restrictionText, staffGiver } from '../gift-words';
import { keptFen } from '../kept-fen';
import { findGiftsWithoutReceipt, findReceiptList, findReceiptOrThrow, findReceiptsOfGift } from './find-receipts';
import type { Receipt } from './receipt.model';
import { shownPayer } from './receipt-paper';
import { receiptChip, receiptFacts } from './receipt-words';
import { type ReceiptFilters, receiptViews } from './receipts.inputs';
import { type ReceiptDesk, receiptDesk } from './receipts-desk';

const pageOf = ({ _id }: Pick<Receipt, '_id'>) => `/donations/receipts/${_id}`;
const mostWaiting = 200;

/** The staff's list: the desk's alarms, gifts that wait for a receipt or receipts by state, with their totals. */
export async function receiptsPage(ctx: Context, t: Translate, filters: ReceiptFilters, hrefOf: (view: string) => string) {
  const desk = await receiptDesk(ctx);
  const counts: Partial<Record<(typeof receiptViews)[number], number>> = { waiting: desk.waiting };
  const page = {
    desk,
    view: filters.view,
    filters,
    mayIssue: may(ctx.actor, 'gift.record'),
    views: receiptViews.map((view) => ({
      href: hrefOf(view),
      label: t(`donations:receipt.view.${view}`),
      count: counts[view],
      current: view === filters.view,
    })),
    kinds: donorKinds.filter((kind) => kind !== 'anonymous').map((value) => ({ value, label: t(`donations:kindOf.${value}`) })),
    isFiltered: Boolean(filters.kind ?? filters.year ?? filters.q),
  };
  return filters.view === 'waiting'
    ? { ...page, waiting: await waitingRows(ctx, t, desk) }
    : { ...page, ...(await receiptRows(ctx, t, filters)) };
}

async function waitingRows(ctx: Context, t: Translate, { lateBefore }: ReceiptDesk) {
  const today = shanghaiDay(ctx.clock.now());
  const gifts = await findGiftsWithoutReceipt(ctx, mostWaiting);
  return gifts.map((gift) => {
    const on = gift.received?.on;
    return {
      id: gift._id,
      number: gift.number,
      href: `/donations/gifts/${gift.number}`,
      payer: staffGiver(t, gift),
      kind: t(`donations:kindOf.${gift.donorKind}`),
      restriction: restrictionText(ctx, t, gift),
      amountFen: keptFen(gift),
      receivedOn: on,
      ageDays: on && daysBetween(on, today),
      isLate: on !== undefined && lateBefore !== undefined && on < lateBefore,
    };
  });
}

async function receiptRows(ctx: Context, t: Translate, { view, ...filters }: ReceiptFilters) {
  const state = view === 'voided' ? 'voided' : 'issued';
  const { rows, next, count, sumFen } = await findReceiptList(ctx, { ...filters, state, asked: view === 'voiding' });
  return {
    count,
    sumFen,
    next,
    rows: rows.map((receipt) => ({
      ...receiptFacts(ctx, t, receipt),
      href: pageOf(receipt),
      payer: shownPayer(receipt),
      kind: t(`donations:kindOf.${receipt.donorKind}`),
    })),
  };
}

/** One receipt for staff: its fields, the others of its gift, and what may be done with it. */
export async function staffReceiptPage(ctx: Context, t: Translate, id: string) {
  const receipt = await findReceiptOrThrow(ctx, id);
  const { voiding, state } = receipt;
  const [names, ofGift] = await Promise.all([
    maskedNames(ctx, [receipt.cashier, receipt.reviewer, state.by, receipt.voidAskedBy ?? '', voiding?.askedBy ?? '']),
    findReceiptsOfGift(ctx, receipt.gift),
  ]);
  const mayAct = may(ctx.actor, 'gift.record');
  const stands = state.name === 'issued';
  return {
    ...receiptFacts(ctx, t, receipt),
    requestKey: randomId(ctx.random, 'req'),
    payer: shownPayer(receipt),
    isPerson: receipt.payerName === undefined,
    payee: receipt.payee,
    itemCode: receipt.itemCode,
    cashier: names.get(receipt.cashier) ?? '',
    reviewer: names.get(receipt.reviewer) ?? '',
    giftHref: `/donations/gifts/${receipt.giftNumber}`,
    mayFetch: mayAct,
    maySend: mayAct && stands,
    mayAsk: mayAct && stands && !voiding,
    voiding: voiding && {
      ...voiding,
      by: names.get(voiding.askedBy) ?? '',
      isOwn: voiding.askedBy === ctx.actor.id,
      mayDecide: mayAct && voiding.askedBy !== ctx.actor.id,
      mayRefuse: mayAct,
    },
    voidReason: receipt.voidReason && shownReason(t, receipt.voidReason),
    others: ofGift
      .filter(({ _id }) => _id !== id)
      .map((other) => ({ href: pageOf(other), number: other.number, chip: receiptChip(t, other), amountFen: other.amountFen })),
    events: [
      ...(stands
        ? []
        : [
            {
              what: t('donations:receipt.state.voided'),
              at: state.at,
              who: names.get(state.by) ?? '',
              ...(receipt.voidAskedBy && { note: t('donations:receipt.askedBy', { name: names.get(receipt.voidAskedBy) ?? '' }) }),
            },
          ]),
      { what: t('donations:receipt.state.issued'), at: receipt.issuedAt },
    ],
  };
}

/** Where the provider moved the money, the reason kept is its id, for the audit: people read what it was. */
function shownReason(t: Translate, reason: string): string {
  if (/^(?:du|dp)_/.test(reason)) return t('donations:receipt.voidedBy.dispute');
  return /^(?:re|pyr)_/.test(reason) ? t('donations:receipt.voidedBy.refund') : reason;
}
