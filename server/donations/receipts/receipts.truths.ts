import type { Context } from '../../kernel/context';
import type { Truth, Violation } from '../../kernel/truths';
import { operator } from '../../platform/mongo/operators';
import { findGiftById } from '../find-gifts';
import { Gift } from '../gift.model';
import { arrivedStates } from '../gift.states';
import { keptFen } from '../kept-fen';
import { Receipt } from './receipt.model';
import { numberText } from './receipt-numbers';
import { ReceiptRange } from './receipt-range.model';

/** Numbers follow one another without a gap, voided ones kept; a receipt follows its money; a gift has one that counts. */
export const receiptsTruth: Truth = {
  id: 'DO1',
  says: 'each range is used in order without a gap, each receipt is of money that had arrived, a receipted gift has one that counts, and what counts says what is kept',
  check: async (ctx) => [...(await gaps(ctx)), ...(await untimely(ctx)), ...(await unreceipted(ctx)), ...(await untrue(ctx))],
};

async function gaps(ctx: Context): Promise<Violation[]> {
  const found: Violation[] = [];
  for await (const { _id, code, first, next, digits } of ReceiptRange.find({ ledger: ctx.ledger }).lean<ReceiptRange[]>().cursor()) {
    let expected = first;
    for await (const { number } of Receipt.find({ ledger: ctx.ledger, range: _id }, { number: 1 }).sort({ number: 1 }).lean().cursor()) {
      if (number !== numberText(expected, digits)) found.push(violation(`expected ${numberText(expected, digits)}, found ${number}`, code));
      expected += 1;
    }
    if (expected !== next) found.push(violation(`${expected - first} receipts, ${next - first} numbers taken`, code));
  }
  return found;
}

async function untimely(ctx: Context): Promise<Violation[]> {
  const early = await Receipt.find({ ledger: ctx.ledger, $expr: operator({ $lt: ['$issuedAt', '$receivedAt'] }) }).lean<Receipt[]>();
  return early.map(({ code, number }) => violation('issued before its money arrived', `${code} ${number}`));
}

async function unreceipted(ctx: Context): Promise<Violation[]> {
  const found: Violation[] = [];
  for await (const gift of Gift.find({ ledger: ctx.ledger, 'state.name': 'receipted' }).lean<Gift[]>().cursor()) {
    const live = await Receipt.find({ ledger: ctx.ledger, gift: gift._id, 'state.name': 'issued' }).lean<Receipt[]>();
    const [one, ...others] = live;
    if (!one || others.length > 0 || one._id !== gift.receipt?.id) found.push(violation(`${live.length} receipts that count`, gift.number));
  }
  return found;
}

/** Receipts that count beside another of their gift, or for a sum that is not with the charity any more, or not all of it. */
async function untrue(ctx: Context): Promise<Violation[]> {
  const found: Violation[] = [];
  for await (const receipt of Receipt.find({ ledger: ctx.ledger, 'state.name': 'issued' }).lean<Receipt[]>().cursor()) {
    const gift = await findGiftById(ctx, receipt.gift);
    const isHere = arrivedStates.some((state) => state === gift.state.name);
    const paper = `${receipt.code} ${receipt.number}`;
    if (gift.receipt?.id !== receipt._id) found.push(violation('counts beside a later one', paper));
    else if (!isHere) found.push(violation(`counts, its gift is ${gift.state.name}`, paper));
    else if (receipt.amountFen !== keptFen(gift)) found.push(violation(`says ${receipt.amountFen}, kept ${keptFen(gift)}`, paper));
  }
  return found;
}

function violation(what: string, where: string): Violation {
  return { truth: 'DO1', what, where };
}
