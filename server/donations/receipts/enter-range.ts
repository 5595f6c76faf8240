import { recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { isRefused, post } from '../../ledger';
import { idOfRequest } from '../../platform/crypto/id-of-request';
import { absent, change, type DocumentGuard, type DocumentWrite, insertion, unchanged } from '../../platform/mongo/document-writes';
import { findRangeOrThrow, findStandingRanges } from './find-receipts';
import { receiptRangeStates } from './receipt.states';
import { sharesNumbers } from './receipt-numbers';
import { ReceiptRange, ReceiptRangeBook } from './receipt-range.model';
import type { DeclineRangeInput, EnterRangeInput } from './receipts.inputs';
import { receiptRangeNoted } from './receipts.kinds';

/**
 * Enters a range of receipt numbers as it stands on the finance department's paper. No receipt bears its numbers before a second finance
 * officer has confirmed it. @throws `input.invalid` at `first` when another range holds one of the numbers.
 */
export async function enterRange(ctx: Context, input: EnterRangeInput): Promise<ReceiptRange> {
  const id = idOfRequest(ctx, 'rng', input.requestKey);
  const { requestKey, first, last, ...said } = input;
  const book = await turnBook(ctx);
  const bounds = { code: input.code, first: Number(first), last: Number(last) };
  const other = (await findStandingRanges(ctx)).find((range) => range._id !== id && sharesNumbers(range, bounds));
  if (other) failField('first', 'receipt.range-overlaps');
  await orStale(
    post(ctx, {
      key: `receiptRange:${id}:entered`,
      kind: receiptRangeNoted,
      source: { type: 'receiptRange', id },
      facts: { ...said, first, last },
      guards: [book.guard],
      writes: () => [
        book.write,
        insertion(ctx, ReceiptRange, {
          _id: id,
          ...said,
          ...bounds,
          digits: first.length,
          next: bounds.first,
          enteredBy: ctx.actor.id,
          enteredAt: ctx.clock.now(),
          state: receiptRangeStates.begin('entered', ctx),
        }),
        recorded(ctx, 'receipt.rangeEntered', { type: 'receiptRange', id }),
      ],
    }),
  );
  return findRangeOrThrow(ctx, id);
}

/** Opens a range that somebody else has entered. Confirming twice changes nothing. @throws `rule.same-person` */
export async function confirmRange(ctx: Context, { id }: { id: string }): Promise<ReceiptRange> {
  const range = await findRangeOrThrow(ctx, id);
  if (range.confirmedBy === ctx.actor.id) return range;
  if (range.enteredBy === ctx.actor.id) fail('rule.same-person');
  const state = receiptRangeStates.enter(range.state, 'open', ctx);
  await noteOnRange(ctx, range, 'confirmed', { state, confirmedBy: ctx.actor.id, confirmedAt: ctx.clock.now() });
  return findRangeOrThrow(ctx, id);
}

/** Strikes out a range that was entered wrongly; whoever entered it may do so, too. Its numbers are free to be entered again. */
export async function declineRange(ctx: Context, { id, reason }: DeclineRangeInput): Promise<ReceiptRange> {
  const range = await findRangeOrThrow(ctx, id);
  if (range.state.name === 'declined' && range.state.by === ctx.actor.id) return range;
  const state = receiptRangeStates.enter(range.state, 'declined', ctx);
  await noteOnRange(ctx, range, 'declined', { state, declineReason: reason });
  return findRangeOrThrow(ctx, id);
}

async function noteOnRange(ctx: Context, range: ReceiptRange, to: 'confirmed' | 'declined', fields: Partial<ReceiptRange>): Promise<void> {
  const what = to === 'confirmed' ? 'receipt.rangeConfirmed' : 'receipt.rangeDeclined';
  await orStale(
    post(ctx, {
      key: `receiptRange:${range._id}:${to}`,
      kind: receiptRangeNoted,
      source: { type: 'receiptRange', id: range._id },
      guards: [unchanged(ReceiptRange, range)],
      writes: () => [
        change(ReceiptRange, range, fields),
        recorded(
          ctx,
          what,
          { type: 'receiptRange', id: range._id },
          fields.declineReason !== undefined ? { reason: fields.declineReason } : {},
        ),
      ],
    }),
  );
}

/** The county's book of ranges, one turn further: two who enter ranges at one moment do not both see that nothing overlaps. */
async function turnBook(ctx: Context): Promise<{ guard: DocumentGuard; write: DocumentWrite }> {
  const _id = `${ctx.ledger}/receiptRanges`;
  const book = await ReceiptRangeBook.findOne({ _id, ledger: ctx.ledger }).lean<ReceiptRangeBook>();
  return book
    ? { guard: unchanged(ReceiptRangeBook, book), write: change(ReceiptRangeBook, book, { turns: book.turns + 1 }) }
    : { guard: absent(ReceiptRangeBook, _id), write: insertion(ctx, ReceiptRangeBook, { _id, turns: 1 }) };
}

async function orStale(posting: Promise<unknown>): Promise<void> {
  try {
    await posting;
  } catch (error) {
    if (isRefused(error, 'stale') || isRefused(error, 'exists')) fail('state.stale');
    throw error;
  }
}
