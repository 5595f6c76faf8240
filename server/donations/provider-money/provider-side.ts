import type { Context } from '../../kernel/context';
import { addDays, type LocalDate, shanghaiDay, startOfDay } from '../../kernel/local-date';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { anyOf, operator } from '../../platform/mongo/operators';
import { GiftDispute } from '../disputes/dispute.model';
import { Gift } from '../gift.model';
import { GiftRefund } from '../refunds/refund.model';
import { giftFeePaid, payoutArrived, payoutFailed } from './provider-money.accounts';
import { movementDocumentId, ProviderMovement } from './provider-movement.model';
import { entryOfPayout, ProviderPayout } from './provider-payout.model';

/** In which row of the close something stands: what payers paid or got back, what it cost, what went to the bank. */
export type ProviderRow = 'payers' | 'cost' | 'paidOut';

/** Something that happened at the provider, and the entry that books it. */
export interface ProviderItem {
  row: ProviderRow;
  day: LocalDate;
  /** Where that day was closed when it was told: the day whose close carries it. */
  carriedTo?: LocalDate;
  /** Fen; positive is more at the provider. */
  amountFen: number;
  /** The key of its entry, whether or not there is one. */
  entry: string;
  /** The number of the gift behind it. */
  gift?: string;
}

/** The day in whose close something stands. */
export const closeDayOf = ({ day, carriedTo }: Pick<ProviderItem, 'day' | 'carriedTo'>): LocalDate => carriedTo ?? day;

/**
 * What happened at the provider, of money that is a gift, and stands in the close of some days: what happened in them, and what was told of
 * days that were closed by then. Money put aside is in no book, and payouts under way not yet.
 */
export async function providerItemsOf(ctx: Context, { from, to }: { from: LocalDate; to: LocalDate }): Promise<ProviderItem[]> {
  const days = operator({ $gte: from, $lte: to });
  const [movements, payouts] = await Promise.all([
    ProviderMovement.find({ ledger: ctx.ledger, $or: [{ day: days }, { carriedTo: days }] })
      .sort({ day: 1, _id: 1 })
      .lean<ProviderMovement[]>(),
    ProviderPayout.find({
      ledger: ctx.ledger,
      'state.name': anyOf(['arrived', 'failed']),
      $or: [
        { arrivesOn: days },
        { carriedTo: days },
        { 'state.at': operator({ $gte: startOfDay(from), $lt: startOfDay(addDays(to, 1)) }) },
      ],
    })
      .sort({ arrivesOn: 1, _id: 1 })
      .lean<ProviderPayout[]>(),
  ]);
  const all = [...(await itemsOfMovements(ctx, movements)), ...payouts.flatMap(itemsOfPayout)];
  return all.filter((item) => from <= closeDayOf(item) && closeDayOf(item) <= to);
}

/** What happened at the provider behind entries of its account. An entry for which the provider has told nothing is missing. */
export async function providerItemsBehind(ctx: Context, keys: readonly string[]): Promise<Map<string, ProviderItem>> {
  const named = (start: string) => keys.flatMap((key) => new RegExp(`^(?:reversal:)?${start}:([^:]+):`).exec(key)?.[1] ?? []);
  const { ledger } = ctx;
  const [gifts, refunds, disputes, payouts] = await Promise.all([
    Gift.find({ ledger, _id: anyOf(named('gift')) }, { received: 1 }).lean<Pick<Gift, '_id' | 'received'>[]>(),
    GiftRefund.find({ ledger, _id: anyOf(named('refund')) }, { proof: 1 }).lean<Pick<GiftRefund, '_id' | 'proof'>[]>(),
    GiftDispute.find({ ledger, _id: anyOf(named('dispute')) }, { disputeId: 1 }).lean<Pick<GiftDispute, '_id' | 'disputeId'>[]>(),
    ProviderPayout.find({ ledger, _id: anyOf(named('payout')) }).lean<ProviderPayout[]>(),
  ]);
  const payments = gifts.flatMap(({ received }) => received?.proof ?? []);
  const sources = [...refunds.flatMap(({ proof }) => proof ?? []), ...disputes.map(({ disputeId }) => disputeId)];
  const movements = await ProviderMovement.find({
    ledger,
    $or: [
      { payment: anyOf(payments) },
      { source: anyOf(sources) },
      { _id: anyOf(named('transaction').map((id) => movementDocumentId(ctx, id))) },
    ],
  }).lean<ProviderMovement[]>();
  const items = [...(await itemsOfMovements(ctx, movements)), ...payouts.flatMap(itemsOfPayout)];
  return new Map(items.map((item) => [item.entry, item]));
}

/** In which row an entry of the provider's account stands. */
export function providerRowOf(kind: string): ProviderRow {
  if (kind === giftFeePaid.name) return 'cost';
  return kind === payoutArrived.name || kind === payoutFailed.name ? 'paidOut' : 'payers';
}

/** Each movement as what payers paid or got, when its payment is a gift, and as what it cost. */
async function itemsOfMovements(ctx: Context, movements: readonly ProviderMovement[]): Promise<ProviderItem[]> {
  const payments = movements.flatMap(({ payment }) => payment ?? []);
  const sources = movements.map(({ source }) => source);
  const [gifts, refunds] = await Promise.all([
    Gift.find({ ledger: ctx.ledger, 'received.proof': anyOf(payments) }, { number: 1, received: 1 }).lean<
      Pick<Gift, '_id' | 'number' | 'received'>[]
    >(),
    GiftRefund.find({ ledger: ctx.ledger, proof: anyOf(sources) }, { proof: 1 }).lean<Pick<GiftRefund, '_id' | 'proof'>[]>(),
  ]);
  const giftOf = new Map(gifts.map((gift) => [gift.received?.proof, gift]));
  const refundOf = new Map(refunds.map(({ _id, proof }) => [proof, _id]));
  return movements.flatMap(({ movementId, source, payment, amountFen, costFen, ...movement }) => {
    const gift = payment === undefined ? undefined : giftOf.get(payment);
    const when = whenOf(movement.day, movement.carriedTo);
    const cost: ProviderItem = { ...when, row: 'cost', amountFen: -costFen, entry: `transaction:${movementId}:cost` };
    const refund = refundOf.get(source) ?? idOfFact(ctx, 'rfd', source); // the second is how one made at the provider is called here
    const dispute = idOfFact(ctx, 'dsp', source);
    const booked = isOfRefund(source) ? `refund:${refund}:settled` : `dispute:${dispute}:withdrawn`;
    const isPayment = /^(ch|py)_/.test(source);
    const ofPayment = amountFen > 0 ? `gift:${gift?._id}:received` : `payment:${movementId}:gone`; // nothing here books the second
    const entry = isPayment ? ofPayment : amountFen < 0 ? booked : `reversal:${booked}`;
    return [
      ...(gift && amountFen !== 0 ? [{ ...when, row: 'payers' as const, amountFen, entry, gift: gift.number }] : []),
      ...(costFen === 0 ? [] : [{ ...cost, ...(gift && { gift: gift.number }) }]),
    ];
  });
}

function whenOf(day: LocalDate, carriedTo: LocalDate | undefined): Pick<ProviderItem, 'day' | 'carriedTo'> {
  return { day, ...(carriedTo !== undefined && { carriedTo }) };
}

const isOfRefund = (source: string) => /^(re|pyr)_/.test(source);

/** What has arrived at the bank, and what the bank sent back. */
function itemsOfPayout(payout: ProviderPayout): ProviderItem[] {
  const { arrivesOn, carriedTo, amountFen, bookedFen = amountFen, state } = payout;
  if (bookedFen === undefined) return [];
  const entry = entryOfPayout(payout);
  const arrived: ProviderItem = { ...whenOf(arrivesOn, carriedTo), row: 'paidOut', amountFen: -bookedFen, entry };
  if (state.name !== 'failed') return [arrived];
  return [arrived, { row: 'paidOut', day: shanghaiDay(state.at), amountFen: bookedFen, entry: `reversal:${entry}` }];
}
