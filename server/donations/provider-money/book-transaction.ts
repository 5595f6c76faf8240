import type { Context } from '../../kernel/context';
import { AppError } from '../../kernel/errors';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { credit, debit, findEntryByKey, isRefused, type Leg, type Posting, post } from '../../ledger';
import { insertion } from '../../platform/mongo/document-writes';
import { transact } from '../../platform/mongo/transact';
import type { BalanceTransaction } from '../../platform/stripe/balance';
import { drawsOf, freeOf, onFreshRest } from '../free-of-gift';
import type { Gift } from '../gift.model';
import type { Giving } from '../giving';
import { findMoneyOfPayment, found } from '../money-of-payment';
import { providerAccount } from '../receive-gift';
import { coverByOperating } from './cover-by-operating';
import { inFen } from './in-fen';
import { openMatter } from './matters';
import { closeToCarry } from './movements-told';
import { giftFeePaid, providerExchange, uncoveredFees } from './provider-money.accounts';
import { feesComeFromGift } from './provider-money.settings';
import { movementDocumentId, ProviderMovement } from './provider-movement.model';

const tries = 20; // many tell at once when the worker was away over midnight
const ofPayouts = ['payout', 'payout_failure', 'payout_cancel'];
const ofOurs = ['charge', 'payment', 'refund', 'payment_refund', 'refund_failure', 'payment_failure_refund', 'adjustment'];

/**
 * Notes a movement of the balance for the daily close, and books what it cost: the fee, and the difference between the yuan as they were
 * paid and as the provider counts them in its own currency (DO4). What the movement itself brought or took is booked by the gift, the
 * refund, the dispute or the payout behind it. A movement that this version does not know is a matter for finance. Once for each, whoever
 * finds it.
 */
export async function bookTransaction(ctx: Context, giving: Giving, row: BalanceTransaction): Promise<'settled' | 'nothing' | 'notOurs'> {
  if (ofPayouts.includes(row.type)) return 'nothing';
  const behind = await presentedOf(ctx, giving, row);
  if (behind === 'notOurs') return 'notOurs';
  const isFeeAlone = row.type === 'stripe_fee' && row.amount < 0;
  const feeFen = inFen({ ...row, amount: isFeeAlone ? -row.net : row.fee });
  const countedFen = inFen(row);
  const isKnown = isFeeAlone || (ofOurs.includes(row.type) && behind !== undefined);
  if (!isKnown || feeFen === undefined || countedFen === undefined) {
    await openMatter(ctx, { kind: 'unknownMovement', about: row.id });
    return 'settled';
  }
  const differenceFen = isFeeAlone || row.exchangeRate === null ? 0 : (behind?.fen ?? 0) - countedFen;
  await noteMovement(ctx, row, {
    amountFen: isFeeAlone ? 0 : (behind?.fen ?? 0),
    costFen: feeFen + differenceFen,
    payment: behind?.payment,
  });
  const fromGift = await feesComeFromGift(ctx);
  if (fromGift === undefined || (feeFen === 0 && differenceFen === 0)) return 'nothing';
  if (await findEntryByKey(ctx, costKey(row))) return 'nothing';
  await bookCost(ctx, row, { feeFen, differenceFen, payer: fromGift ? behind?.gift : undefined });
  await coverByOperating(ctx);
  return 'settled';
}

interface Noted {
  amountFen: number;
  costFen: number;
  payment: string | undefined;
}

async function noteMovement(ctx: Context, row: BalanceTransaction, { payment, ...sums }: Noted): Promise<void> {
  const _id = movementDocumentId(ctx, row.id);
  const day = shanghaiDay(row.createdAt);
  for (let left = tries; ; left -= 1) {
    if (await ProviderMovement.exists({ _id, ledger: ctx.ledger })) return;
    const { carriedTo, guards, writes } = await closeToCarry(ctx, day);
    const document = {
      ...sums,
      _id,
      movementId: row.id,
      type: row.type,
      day,
      source: row.sourceId ?? row.id,
      notedAt: ctx.clock.now(),
      ...(payment !== undefined && { payment }),
      ...(carriedTo !== undefined && { carriedTo }),
    };
    try {
      await transact(ctx, { key: `movement:${_id}`, guards, writes: [insertion(ctx, ProviderMovement, document), ...writes] });
      return;
    } catch (error) {
      const cameFirst = error instanceof AppError && error.code === 'state.stale'; // somebody has told of it, or closed its day
      if (left <= 1 || !cameFirst) throw error;
    }
  }
}

const costKey = ({ id }: BalanceTransaction) => `transaction:${id}:cost`;

interface Cost {
  feeFen: number;
  differenceFen: number;
  /** The gift that pays the fee itself, where the county has set it so. */
  payer: Gift | undefined;
}

async function bookCost(ctx: Context, row: BalanceTransaction, { feeFen, differenceFen, payer }: Cost): Promise<void> {
  await onFreshRest(async () => {
    const { lots, freeFen } = payer && feeFen > 0 ? await freeOf(ctx, payer) : { lots: [], freeFen: 0 };
    const ownFen = Math.min(Math.max(0, feeFen), freeFen);
    const rest = [
      ...signed(feeFen > 0 ? uncoveredFees : providerExchange, feeFen - ownFen), // a fee given back lowers no gift's cost: a difference
      ...signed(providerExchange, differenceFen),
    ];
    const posting: Posting = {
      key: costKey(row),
      kind: giftFeePaid,
      source: payer ? { type: 'gift', id: payer._id } : { type: 'balanceTransaction', id: row.id },
      facts: { fee: row.fee, net: row.net, currency: row.currency, rate: row.exchangeRate ?? '' },
      draws: ownFen > 0 ? (drawsOf(ctx, lots, ownFen, providerAccount) ?? []) : [],
      legs: merged(rest),
    };
    await postOfDay(ctx, posting, shanghaiDay(row.createdAt));
  });
}

/** As an entry of the day of the movement, or of today when that day is closed. */
async function postOfDay(ctx: Context, posting: Posting, day: LocalDate): Promise<void> {
  try {
    await post(ctx, { ...posting, effectiveOn: day });
  } catch (error) {
    if (!isRefused(error, 'closedDay')) throw error;
    await post(ctx, posting);
  }
}

function signed(account: string, fen: number): Leg[] {
  return fen === 0 ? [] : [fen > 0 ? debit(account, fen) : credit(account, -fen)];
}

/** The legs with their other side at the provider; none of zero. */
function merged(legs: Leg[]): Leg[] {
  const sum = legs.reduce((total, { amount }) => total + amount, 0);
  const byAccount = new Map<string, number>();
  for (const { account, amount } of [...legs, { account: providerAccount, amount: -sum }]) {
    byAccount.set(account, (byAccount.get(account) ?? 0) + amount);
  }
  return [...byAccount].flatMap(([account, amount]) => (amount === 0 ? [] : [{ account, amount }]));
}

interface Behind {
  /** What the payer paid or got, in fen, with the sign of the movement. */
  fen: number;
  /** The session or invoice of its payment. */
  payment: string;
  gift?: Gift;
}

/** What lies behind a movement; `notOurs` for a payment of somebody else at the same account, undefined for nothing we know. */
async function presentedOf(ctx: Context, giving: Giving, row: BalanceTransaction): Promise<Behind | 'notOurs' | undefined> {
  const { provider } = giving;
  const id = row.sourceId ?? '';
  const sign = row.amount < 0 ? -1 : 1;
  const source = await found(async () => {
    if (/^(ch|py)_/.test(id)) return provider.readCharge(id);
    if (/^(re|pyr)_/.test(id)) return provider.readRefund(id);
    return /^(du|dp)_/.test(id) ? provider.readDispute(id) : undefined;
  });
  if (!source) return undefined;
  const money = source.paymentIntentId ? await findMoneyOfPayment(ctx, giving, source.paymentIntentId) : undefined;
  if (!money) return 'notOurs';
  if (source.amountFen === null) return undefined;
  return { fen: sign * source.amountFen, payment: money.proof, ...(money.gift && { gift: money.gift }) };
}
