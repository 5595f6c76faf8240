import { BankReceipt, bankReceiptId } from '../../funds';
import type { Context } from '../../kernel/context';
import type { Fen } from '../../kernel/money';
import { parseSeriesNumber } from '../../kernel/number-series';
import type { Translate } from '../../platform/i18n/translator';
import { anyOf, operator } from '../../platform/mongo/operators';
import { findGiftByNumber } from '../find-gifts';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { restrictionText, staffGiver } from '../gift-words';

/** A gift as a line of the bank's statement sees it. */
export interface TransferGift {
  id: string;
  number: string;
  amountFen: Fen;
  /** Money has come for it, or a transfer is recorded that will be booked. */
  isPaid: boolean;
  /** The serial number of the transfer, or the provider's session, that has paid it. */
  proof: string | undefined;
  /** It may still be paid. */
  isOpen: boolean;
}

const most = 20;

/** The gifts that these lines of the statement have brought, by the bank's serial number. */
export async function giftsOfTransfers(ctx: Context, serials: readonly string[]): Promise<Map<string, TransferGift>> {
  const bySerial = new Map(serials.map((serial) => [bankReceiptId(ctx, serial), serial]));
  const receipts = await BankReceipt.find({ ledger: ctx.ledger, _id: anyOf([...bySerial.keys()]) }).lean<BankReceipt[]>();
  const gifts = await Gift.find({ ledger: ctx.ledger, _id: anyOf(receipts.map(({ gift }) => gift)) }).lean<Gift[]>();
  const byId = new Map(gifts.map((gift) => [gift._id, transferGift(gift)]));
  return new Map(
    receipts.flatMap(({ _id, gift }) => {
      const [serial, found] = [bySerial.get(_id), byId.get(gift)];
      return serial && found ? [[serial, found] as const] : [];
    }),
  );
}

/** The gifts with these numbers, by number. */
export async function giftsNumbered(ctx: Context, numbers: readonly string[]): Promise<Map<string, TransferGift>> {
  const found = await Gift.find({ ledger: ctx.ledger, number: anyOf(numbers) }).lean<Gift[]>();
  return new Map(found.map((gift) => [gift.number, transferGift(gift)]));
}

/** A gift in the list from which somebody chooses whose money a transfer is. */
interface GiftChoice extends TransferGift {
  giver: string;
  restriction: string;
  openedAt: Date;
}

/** Gifts that a transfer may belong to: the one with this number, those of a giver so called, else open ones of the same sum. */
export async function giftsToChoose(ctx: Context, t: Translate, wanted: { q: string | undefined; amountFen: Fen }): Promise<GiftChoice[]> {
  const found = wanted.q ? await giftsByText(ctx, wanted.q) : await openGiftsOf(ctx, wanted.amountFen);
  return found.map((gift) => ({
    ...transferGift(gift),
    giver: staffGiver(t, gift),
    restriction: restrictionText(ctx, t, gift),
    openedAt: gift.openedAt,
  }));
}

async function giftsByText(ctx: Context, q: string): Promise<Gift[]> {
  if (parseSeriesNumber(q)) {
    const gift = await findGiftByNumber(ctx, q.trim().toUpperCase());
    return gift ? [gift] : [];
  }
  const literal = q.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return Gift.find({ ledger: ctx.ledger, payerName: operator({ $regex: literal }) })
    .sort({ openedAt: -1, _id: -1 })
    .limit(most)
    .lean<Gift[]>();
}

async function openGiftsOf(ctx: Context, amountFen: Fen): Promise<Gift[]> {
  return Gift.find({ ledger: ctx.ledger, 'state.name': anyOf(['draft', 'awaiting', 'lapsed', 'withdrawn']), amountFen })
    .sort({ openedAt: -1, _id: -1 })
    .limit(most)
    .lean<Gift[]>();
}

function transferGift({ _id: id, number, amountFen, state, received, transfer }: Gift): TransferGift {
  const proof = received?.proof ?? transfer?.serial;
  return { id, number, amountFen, isPaid: proof !== undefined, proof, isOpen: giftStates.next(state.name).includes('received') };
}
