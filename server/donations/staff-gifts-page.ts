import { may } from '../identity';
import type { Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { findSlipOfGift } from './counter/find-counters';
import { donorKinds } from './donor-kinds';
import { findDonor } from './donors';
import { findGiftList } from './find-gifts';
import { countParkedPayments, findWaitingOf } from './find-parked-payments';
import type { Gift } from './gift.model';
import { giftStates } from './gift.states';
import { giftPage, type PageAsked } from './gift-page';
import { giftChip, restrictionText, staffGiver } from './gift-words';
import { keptFen } from './kept-fen';
import { lotOfGift } from './lot-of-gift';
import { findReceiptOrThrow } from './receipts/find-receipts';
import { receiptChip } from './receipts/receipt-words';
import { mayHaveRoster } from './rosters/bring-roster';
import type { GiftFilters } from './staff.inputs';
import { isOnlyAnnounced } from './withdrawals/may-withdraw';

/** The staff's list: filters, rows, totals of the selection. */
export async function giftsPage(ctx: Context, t: Translate, filters: GiftFilters) {
  const [{ rows, next, count, sumFen, returnedFen }, parked] = await Promise.all([findGiftList(ctx, filters), countParkedPayments(ctx)]);
  return {
    parkedCount: parked['waiting'] ?? 0,
    filters,
    isFiltered: Boolean(filters.state ?? filters.kind ?? filters.q),
    states: giftStates.states.map((value) => ({ value, label: t(`donations:state.${value}`) })),
    kinds: donorKinds.map((value) => ({ value, label: t(`donations:kindOf.${value}`) })),
    count,
    sumFen,
    returnedFen,
    next,
    rows: rows.map((gift) => ({
      number: gift.number,
      href: `/donations/gifts/${gift.number}`,
      giver: staffGiver(t, gift),
      kind: t(`donations:kindOf.${gift.donorKind}`),
      restriction: restrictionText(ctx, t, gift),
      way: t(`donations:into.${gift.channel}`),
      openedAt: gift.openedAt,
      receivedOn: gift.received?.on,
      amountFen: gift.amountFen,
      keptFen: gift.returnedFen ? keptFen(gift) : undefined,
      chip: giftChip(t, gift),
    })),
  };
}

/** One gift with all that staff need: giver, proof, tries to pay, the entries behind each sum. */
export async function staffGiftPage(ctx: Context, t: Translate, gift: Gift, req: PageAsked) {
  const [[parked], donor, receipt, slip] = await Promise.all([
    findWaitingOf(ctx, gift._id),
    gift.donor ? findDonor(ctx, gift.donor) : undefined,
    gift.receipt ? findReceiptOrThrow(ctx, gift.receipt.id) : undefined,
    gift.channel === 'cash' ? findSlipOfGift(ctx, gift._id) : undefined,
  ]);
  return {
    ...(await giftPage(ctx, t, gift, 'staff', req)),
    giver: staffGiver(t, gift),
    kind: t(`donations:kindOf.${gift.donorKind}`),
    way: t(`donations:into.${gift.received?.into ?? gift.channel}`),
    creditCode: donor?.creditCode,
    proof: slip || gift.channel === 'goods' ? undefined : gift.received?.proof,
    slip: slip && { number: slip.number, href: `/donations/cash-slips/${slip._id}` },
    problem: gift.problem && t(`donations:problem.${gift.problem.code}`),
    parkedHref: parked && `/donations/parked-payments/${parked._id}`,
    receipt: receipt && { number: receipt.number, href: `/donations/receipts/${receipt._id}`, chip: receiptChip(t, receipt) },
    rosterHref: gift.roster && `/donations/rosters/${gift.roster}`,
    mayBringRoster: !gift.roster && mayHaveRoster(gift) && may(ctx.actor, 'gift.record'),
    attempts: gift.attempts,
    mayAskRefund: gift.channel !== 'goods' && giftStates.next(gift.state.name).includes('refundAsked') && may(ctx.actor, 'refund.ask'),
    mayWithdraw: isOnlyAnnounced(gift) && may(ctx.actor, 'gift.record'),
    lot: lotOfGift(gift),
    lotHref: `/ledger/accounts/${encodeURIComponent(lotOfGift(gift))}`,
    items: gift.items,
    offerHref: gift.channel === 'goods' ? `/donations/goods-offers/${gift.received?.proof}` : undefined,
  };
}
