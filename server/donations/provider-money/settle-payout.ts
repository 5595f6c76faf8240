import { mainBank } from '../../funds';
import type { Context } from '../../kernel/context';
import { type LocalDate, shanghaiDay } from '../../kernel/local-date';
import { isRefused, LedgerConflict, type Leg, post } from '../../ledger';
import { idOfFact } from '../../platform/crypto/id-of-request';
import { change, insertion, unchanged } from '../../platform/mongo/document-writes';
import type { BalanceTransaction, ProviderPayout as Theirs } from '../../platform/stripe/balance';
import type { Giving } from '../giving';
import { providerAccount } from '../receive-gift';
import { bookTransaction } from './book-transaction';
import { inFen } from './in-fen';
import { openMatter } from './matters';
import { payoutArrived, payoutFailed, payoutNoted, providerExchange } from './provider-money.accounts';
import { entryOfPayout, ProviderPayout, payoutStates } from './provider-payout.model';

const tries = 5;

/**
 * Does what a payout, as just read from the provider, means: notes it, books it at the bank when it has arrived and its parts are known,
 * takes it back when the bank sent it back. The sum of its parts must be the payout, else finance is asked to look.
 */
export async function settlePayout(ctx: Context, giving: Giving, theirs: Theirs): Promise<'settled' | 'nothing'> {
  for (let left = tries; ; left -= 1) {
    try {
      return await settle(ctx, giving, theirs);
    } catch (error) {
      const cameFirst = isRefused(error, 'stale') || isRefused(error, 'exists') || error instanceof LedgerConflict;
      if (left <= 1 || !cameFirst) throw error;
    }
  }
}

async function settle(ctx: Context, giving: Giving, theirs: Theirs): Promise<'settled' | 'nothing'> {
  const id = idOfFact(ctx, 'pay', theirs.id);
  const ours = await ProviderPayout.findOne({ _id: id, ledger: ctx.ledger }).lean<ProviderPayout>();
  if (!ours) {
    await note(ctx, id, theirs);
    return settle(ctx, giving, theirs);
  }
  const isOver = theirs.status === 'failed' || theirs.status === 'canceled';
  if (isOver && ours.state.name !== 'failed') return takeBack(ctx, ours);
  if (theirs.status !== 'paid' || ours.state.name !== 'expected' || theirs.reconciliation === 'in_progress') return 'nothing';
  return book(ctx, giving, ours, theirs);
}

async function note(ctx: Context, id: string, theirs: Theirs): Promise<void> {
  await post(ctx, {
    key: `payout:${id}:noted`,
    kind: payoutNoted,
    source: { type: 'providerPayout', id },
    writes: () => [
      insertion(ctx, ProviderPayout, {
        _id: id,
        payoutId: theirs.id,
        amount: theirs.amount,
        currency: theirs.currency,
        arrivesOn: shanghaiDay(theirs.arrivesAt),
        notedAt: ctx.clock.now(),
        state: payoutStates.begin('expected', ctx),
      }),
    ],
  });
}

async function book(ctx: Context, giving: Giving, ours: ProviderPayout, theirs: Theirs): Promise<'settled' | 'nothing'> {
  const isListed = theirs.reconciliation === 'completed';
  const rows = isListed ? await giving.provider.listTransactions({ payoutId: theirs.id }) : [];
  const parts = rows.filter(({ type }) => type !== 'payout');
  for (const part of parts) await bookTransaction(ctx, giving, part); // their fees are in the payout
  const itself = rows.find(({ type }) => type === 'payout');
  const partsFen = isListed ? await sumInFen(ctx, parts) : undefined;
  const bankFen = inFen({ ...theirs, exchangeRate: itself?.exchangeRate ?? null }) ?? partsFen;
  const differs = isListed && parts.reduce((sum, { net }) => sum + net, 0) !== theirs.amount;
  if (differs || bankFen === undefined || bankFen <= 0) {
    await openMatter(ctx, { kind: 'payoutDiffers', about: theirs.id, ...(bankFen !== undefined && { amountFen: bankFen }) });
    if (bankFen === undefined || bankFen <= 0) return 'nothing';
  }
  const bookedFen = partsFen ?? bankFen;
  const today = shanghaiDay(ctx.clock.now());
  const posting = (carriedTo?: LocalDate) => ({
    key: entryOfPayout(ours),
    kind: payoutArrived,
    source: { type: 'providerPayout', id: ours._id },
    facts: { amount: theirs.amount, currency: theirs.currency },
    legs: legsOf(bankFen, bookedFen),
    guards: [unchanged(ProviderPayout, ours)],
    writes: () => [
      change(ProviderPayout, ours, {
        amountFen: bankFen,
        ...(bookedFen !== bankFen && { bookedFen }),
        ...(carriedTo !== undefined && { carriedTo }),
        state: payoutStates.enter(ours.state, 'arrived', ctx),
      }),
    ],
  });
  try {
    await post(ctx, { ...posting(), effectiveOn: [ours.arrivesOn, today].sort()[0] ?? today });
  } catch (error) {
    if (!isRefused(error, 'closedDay')) throw error;
    await post(ctx, { ...posting(today), effectiveOn: today }); // that day is closed
  }
  return 'settled';
}

/** To the bank what came there, off the provider what its parts were; a difference by the rate stands apart. */
function legsOf(bankFen: number, bookedFen: number): Leg[] {
  const difference = bookedFen - bankFen;
  return [
    { account: mainBank, amount: bankFen },
    { account: providerAccount, amount: -bookedFen },
    ...(difference === 0 ? [] : [{ account: providerExchange, amount: difference }]),
  ];
}

/** What the parts of a payout are in the book; undefined when one has no rate. */
async function sumInFen(ctx: Context, parts: readonly BalanceTransaction[]): Promise<number | undefined> {
  let sum = 0;
  for (const part of parts) {
    const failed = part.type === 'payout_failure' ? await failedFen(ctx, part.sourceId ?? '') : undefined;
    const [gross, fee] = [failed ?? inFen(part), inFen({ ...part, amount: part.fee })];
    if (gross === undefined || fee === undefined) return undefined;
    sum += gross - fee;
  }
  return sum;
}

async function failedFen(ctx: Context, payoutId: string): Promise<number | undefined> {
  const failed = await ProviderPayout.findOne({ _id: idOfFact(ctx, 'pay', payoutId), ledger: ctx.ledger }).lean<ProviderPayout>();
  return failed?.amountFen;
}

async function takeBack(ctx: Context, ours: ProviderPayout): Promise<'settled'> {
  const arrived = entryOfPayout(ours);
  const wasBooked = ours.state.name === 'arrived';
  await post(ctx, {
    key: wasBooked ? `reversal:${arrived}` : `payout:${ours._id}:failed`,
    kind: wasBooked ? payoutFailed : payoutNoted,
    source: { type: 'providerPayout', id: ours._id },
    ...(wasBooked && { reverses: arrived }),
    guards: [unchanged(ProviderPayout, ours)],
    writes: () => [change(ProviderPayout, ours, { state: payoutStates.enter(ours.state, 'failed', ctx) })],
  });
  return 'settled';
}
