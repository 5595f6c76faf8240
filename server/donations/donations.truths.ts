import type { Context } from '../kernel/context';
import type { Truth, Violation } from '../kernel/truths';
import { findEntryByKey, traceOrigins } from '../ledger';
import { operator } from '../platform/mongo/operators';
import { slipsTruth } from './counter/counter.truths';
import { Gift } from './gift.model';
import { lotOfGift } from './lot-of-gift';
import { receiptsTruth } from './receipts/receipts.truths';
import { rostersTruth } from './rosters/rosters.truths';
import { sumGift } from './trace-gift';

/** Each gift that is called received is one entry of the same sum; a session pays for one gift; what did not fit is looked at. */
const oneGiftPerPayment: Truth = {
  id: 'I3',
  says: 'each received gift is one entry of its sum, one payment or bank serial number pays one gift, no payment is put aside unresolved',
  check: async (ctx) => [...(await unbooked(ctx)), ...(await sharedProofs(ctx)), ...(await putAside(ctx))],
};

/** To the fen, also of what was given back since: what was spent, lies reserved, is left, was refunded, charged back or went for fees is what came in. */
const giftsAddUp: Truth = {
  id: 'I4',
  says: 'for each gift spent + reserved + left + refunded + charged back + fees = received, and no more went back than was received',
  check: async (ctx) => {
    const found: Violation[] = [];
    for await (const gifts of inBatches(arrived(ctx))) {
      const traces = await traceOrigins(
        ctx,
        gifts.map(({ number }) => number),
      );
      for (const { number, amountFen, returnedFen = 0 } of gifts) {
        const trace = traces.get(number);
        const total = trace ? Object.values(sumGift(trace)).reduce((sum, part) => sum + part, 0) : 0;
        if (total !== amountFen) found.push(violation('I4', `parts sum to ${total}, received ${amountFen}`, number));
        if (returnedFen < 0 || returnedFen > amountFen)
          found.push(violation('I4', `returned ${returnedFen}, received ${amountFen}`, number));
      }
    }
    return found;
  },
};

export const donationsTruths: readonly Truth[] = [oneGiftPerPayment, giftsAddUp, receiptsTruth, slipsTruth, rostersTruth];

function arrived(ctx: Context) {
  return Gift.find({ ledger: ctx.ledger, 'received.at': operator({ $exists: true }) })
    .lean()
    .cursor();
}

const atOnce = 50; // each may have been used a thousand times

async function* inBatches(gifts: AsyncIterable<Gift>): AsyncGenerator<Gift[]> {
  let batch: Gift[] = [];
  for await (const gift of gifts) {
    batch.push(gift);
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function unbooked(ctx: Context): Promise<Violation[]> {
  const found: Violation[] = [];
  for await (const gift of arrived(ctx)) {
    const entry = await findEntryByKey(ctx, `gift:${gift._id}:received`);
    const booked = entry?.legs.find(({ account }) => account === lotOfGift(gift));
    if (booked?.amount !== -gift.amountFen)
      found.push(violation('I3', `entry says ${booked?.amount}, gift ${gift.amountFen}`, gift.number));
    if (gift.transfer && gift.transfer.serial !== gift.received?.proof)
      found.push(violation('I3', `the recorded transfer ${gift.transfer.serial} is not booked`, gift.number));
  }
  return found;
}

async function sharedProofs(ctx: Context): Promise<Violation[]> {
  const doubles = await Gift.aggregate<{ _id: string; numbers: string[] }>([
    { $match: { ledger: ctx.ledger, 'received.proof': { $exists: true } } },
    { $group: { _id: { into: '$received.into', proof: '$received.proof' }, numbers: { $push: '$number' } } },
    { $match: { 'numbers.1': { $exists: true } } },
  ]);
  return doubles.map(({ numbers }) => violation('I3', 'one payment was booked for several gifts', numbers.join(' ')));
}

async function putAside(ctx: Context): Promise<Violation[]> {
  const gifts = await Gift.find({ ledger: ctx.ledger, problem: operator({ $exists: true }) }).lean();
  return gifts.map(({ number, problem }) => violation('I3', `a payment does not fit its gift: ${problem?.code}`, number));
}

function violation(truth: string, what: string, where: string): Violation {
  return { truth, what, where };
}
