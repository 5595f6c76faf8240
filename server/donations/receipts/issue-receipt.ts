import type { Context } from '../../kernel/context';
import { AppError, fail, invariant } from '../../kernel/errors';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { findGiftById } from '../find-gifts';
import { Gift } from '../gift.model';
import { giftStates } from '../gift.states';
import { onFreshGift } from '../on-fresh-gift';
import { countGiftsWithoutReceipt, findGiftsWithoutReceipt, findReceiptOrThrow } from './find-receipts';
import { prepareReceipt } from './prepare-receipt';
import type { Receipt } from './receipt.model';
import { receiptIssued } from './receipts.kinds';
import { findValidReceipt } from './void-receipt';

/**
 * Issues the receipt of a gift whose money has arrived: the next number of the open range, taken in the commit, so that numbers follow
 * one another without a gap however many issue at once. Once per gift: asked again it gives the receipt that there is.
 * @throws `receipt.not-due` before arrival and for a giver without a name, `receipt.no-numbers` when every range is used up.
 */
export async function issueReceipt(ctx: Context, { gift: id }: { gift: string }): Promise<Receipt> {
  await onFreshGift(
    ctx,
    id,
    async (gift) => {
      if (gift.state.name === 'receipted') return;
      if (!isDue(gift)) fail('receipt.not-due');
      invariant(!(await findValidReceipt(ctx, gift)), 'receipt.one-that-counts', { gift: id });
      const prepared = (await prepareReceipt(ctx, gift)) ?? fail('receipt.no-numbers');
      const rank = (gift.receipt?.rank ?? 0) + 1;
      await post(ctx, {
        key: `gift:${id}:receipt:${rank}`,
        kind: receiptIssued,
        source: { type: 'gift', id },
        guards: [unchanged(Gift, gift), ...prepared.guards],
        writes: () => [
          ...prepared.writes,
          change(Gift, gift, { state: giftStates.enter(gift.state, 'receipted', ctx), receipt: { id: prepared.id, rank } }),
        ],
      });
    },
    tries,
  );
  const { receipt } = await findGiftById(ctx, id);
  return findReceiptOrThrow(ctx, receipt?.id ?? fail('receipt.not-due'));
}

const tries = 60; // as many may issue at one moment, and each number goes to one of them

/** Whether a receipt is to be issued now: after arrival, never before, and in somebody's name. */
function isDue({ state, received, donorKind, payerName, payerSealed }: Gift): boolean {
  return state.name === 'received' && received !== undefined && donorKind !== 'anonymous' && (payerName ?? payerSealed) !== undefined;
}

/** The same when the money has just arrived; without a number or a giver's name the gift simply waits. */
export async function issueOnArrival(ctx: Context, ref: { gift: string }): Promise<void> {
  try {
    await issueReceipt(ctx, ref);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'receipt.not-due' || error.code === 'receipt.no-numbers')) return;
    throw error;
  }
}

/** What a run over all waiting gifts did. */
export interface IssueRun {
  issued: number;
  /** How many still wait, and whether because no number is left. */
  waiting: number;
  isOutOfNumbers: boolean;
}

const mostAtOnce = 500;

/**
 * Issues what is due, the gift that arrived first first, until the numbers end: then the rest waits, and the finance officers' page says
 * so. Each receipt is a commit of its own. @throws what the first gift met that could not be receipted, when all others are done.
 */
export async function issueWaitingReceipts(ctx: Context): Promise<IssueRun> {
  const run = { issued: 0, isOutOfNumbers: false };
  const failures: unknown[] = [];
  for (const { _id } of await findGiftsWithoutReceipt(ctx, mostAtOnce)) {
    try {
      await issueReceipt(ctx, { gift: _id });
      run.issued += 1;
    } catch (error) {
      run.isOutOfNumbers = error instanceof AppError && error.code === 'receipt.no-numbers';
      if (run.isOutOfNumbers) break;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { ...run, waiting: await countGiftsWithoutReceipt(ctx) };
}
