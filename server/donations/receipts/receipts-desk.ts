import { may } from '../../identity';
import type { Context } from '../../kernel/context';
import { addDays, type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { anyOf, operator } from '../../platform/mongo/operators';
import { countyCode } from '../../regions';
import { givingAdvice } from '../donations.settings';
import { countGiftsWithoutReceipt, findOpenRanges } from './find-receipts';
import { Receipt } from './receipt.model';
import { numbersLeft } from './receipt-numbers';
import { ReceiptRange } from './receipt-range.model';

/** So few numbers left that the next range should be fetched. */
const fewNumbers = 50;

/** How the desk stands: what waits, whether it is late, and how many numbers there are for it. */
export interface ReceiptDesk {
  waiting: number;
  late: number;
  /** The last arrival that is not late today; absent where no number of days is in force. */
  lateBefore?: LocalDate;
  days?: number;
  numbersLeft: number;
  /** `none` stops everything (DO1); `few` is the time to fetch the next range. */
  alarm?: 'none' | 'few';
  rangesToConfirm: number;
  voidingsToDecide: number;
}

/** What the finance officers' page warns of, for everybody who may read it. */
export async function receiptDesk(ctx: Context): Promise<ReceiptDesk> {
  const today = shanghaiDay(ctx.clock.now());
  const days = (await givingAdvice(ctx, { day: today, place: countyCode() }))?.receiptDays;
  const lateBefore = days === undefined ? undefined : addDays(today, -days);
  const others = operator({ $ne: ctx.actor.id });
  const [waiting, late, open, rangesToConfirm, voidingsToDecide] = await Promise.all([
    countGiftsWithoutReceipt(ctx),
    lateBefore ? countGiftsWithoutReceipt(ctx, lateBefore) : 0,
    findOpenRanges(ctx),
    ReceiptRange.countDocuments({ ledger: ctx.ledger, 'state.name': anyOf(['entered']), enteredBy: others }),
    Receipt.countDocuments({ ledger: ctx.ledger, 'voiding.askedBy': operator({ $gt: '', $ne: ctx.actor.id }) }),
  ]);
  const left = numbersLeft(open);
  return {
    waiting,
    late,
    ...(lateBefore && { lateBefore }),
    ...(days !== undefined && { days }),
    numbersLeft: left,
    ...(left < fewNumbers && { alarm: left === 0 ? ('none' as const) : ('few' as const) }),
    rangesToConfirm,
    voidingsToDecide,
  };
}

/** What waits for this finance officer: late receipts, all of them when no number is left, and what a colleague has asked for. */
export async function countReceiptWork(ctx: Context): Promise<number> {
  if (!may(ctx.actor, 'gift.record')) return 0;
  const { waiting, late, alarm, rangesToConfirm, voidingsToDecide } = await receiptDesk(ctx);
  return (alarm === 'none' ? waiting : late) + rangesToConfirm + voidingsToDecide;
}
