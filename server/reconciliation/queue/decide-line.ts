import { recorded } from '../../audit';
import { type BankGiftInput, receiveDeposit, receiveTransfer, recordBankGift } from '../../donations';
import type { Context } from '../../kernel/context';
import { fail, failField } from '../../kernel/errors';
import { fen } from '../../kernel/money';
import { parseSeriesNumber } from '../../kernel/number-series';
import { post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { lineIgnored, lineReopened } from '../reconciliation.kinds';
import { findLineOrThrow } from '../statements/find-statements';
import { lineStates } from '../statements/statement.states';
import { nameOf, StatementLine } from '../statements/statement-line.model';
import { entriesToOffer } from './choose-entries';
import { entriesToMatch } from './entries-to-match';
import { noteMatch } from './note-match';

/**
 * A finance officer says whose gift a line is. It is booked with the sum that came: on the gift itself, or, where other money has paid it,
 * as a further gift of the same giver. A line that is booked already is only matched. @throws `state.not-allowed`, `input.invalid` at `gift`.
 */
export async function matchGift(ctx: Context, { id, gift }: { id: string; gift: string }): Promise<StatementLine> {
  const line = await findLineOrThrow(ctx, id);
  if (line.state.name === 'matched' && line.match?.gift === gift) return line; // a second click
  lineStates.assertMay(line.state.name, 'matched');
  const { serial, day: on, amountFen } = line;
  if (amountFen <= 0) fail('state.not-allowed', { from: 'out', to: 'gift' });
  const booked = await receiveTransfer(ctx, { giftNumber: numberOf(gift), serial, on, amountFen });
  if (booked.received?.proof !== serial || booked.amountFen !== amountFen) failField('gift', 'bank-serial-taken');
  return noteMatch(ctx, line, { how: 'hand', entries: [`gift:${booked._id}:received`], gift: booked.number });
}

function numberOf(typed: string): string {
  return parseSeriesNumber(typed) ? typed.trim().toUpperCase() : failField('gift', 'no-such-gift');
}

/** A finance officer says which entry of the book a line is. The sums are the same; each entry is one line's. */
export async function matchEntry(ctx: Context, { id, entry }: { id: string; entry: number }): Promise<StatementLine> {
  const line = await findLineOrThrow(ctx, id);
  if (line.state.name === 'open') {
    const open = await entriesToMatch(ctx, { from: line.day, to: line.day });
    const chosen = entriesToOffer(line, open.around(line.amountFen)).find(({ seq }) => seq === entry) ?? fail('state.stale');
    return noteMatch(ctx, line, { how: 'hand', entries: [chosen.key] });
  }
  return fail('state.not-allowed', { from: line.state.name, to: 'matched' });
}

/** A line is cash that the county's own counter has brought to the bank: the money leaves its way and is in the account. */
export async function matchDeposit(ctx: Context, { id, deposit }: { id: string; deposit: string }): Promise<StatementLine> {
  const line = await findLineOrThrow(ctx, id);
  if (line.state.name === 'matched') return line; // a second click
  lineStates.assertMay(line.state.name, 'matched');
  const { serial, day: on, amountFen } = line;
  const entry = await receiveDeposit(ctx, { deposit, serial, on, amountFen });
  return noteMatch(ctx, line, { how: 'hand', entries: [entry] });
}

/** What a line does not say of a gift: who gave, for what. */
export type GiftOfLine = Pick<
  BankGiftInput,
  'requestKey' | 'donorKind' | 'payerName' | 'creditCode' | 'phone' | 'withoutCode' | 'purpose' | 'place' | 'lastDay' | 'showName'
> & { id: string };

/**
 * Makes a gift of a line, with the bank's serial number, so that it cannot be booked twice. A person who was not named is the one whom
 * the line names; staff see that name masked. @throws `state.not-allowed`, `input.invalid` at `payerName` where the line names nobody.
 */
export async function makeGiftOfLine(ctx: Context, { id, ...said }: GiftOfLine): Promise<StatementLine> {
  const line = await findLineOrThrow(ctx, id);
  if (line.state.name === 'matched') return line; // a second click
  lineStates.assertMay(line.state.name, 'matched');
  if (line.amountFen <= 0) fail('state.not-allowed', { from: 'out', to: 'gift' });
  const gift = await recordBankGift(
    ctx,
    {
      ...said,
      payerName: said.payerName ?? payerOf(line, said),
      bankSerial: line.serial,
      receivedOn: line.day,
      amount: fen(line.amountFen),
      giftNumber: undefined,
      checkedGiver: false,
    },
    'statement',
  );
  return noteMatch(ctx, line, { how: 'hand', entries: [`gift:${gift._id}:received`], gift: gift.number });
}

function payerOf(line: StatementLine, { donorKind }: Pick<GiftOfLine, 'donorKind'>): string | undefined {
  if (donorKind !== 'person') return undefined;
  return nameOf(line).trim() || failField('payerName', 'required');
}

/** Puts a line aside that is nothing of the book's, such as money that went out and came back; with the reason. */
export async function ignoreLine(ctx: Context, { id, reason }: { id: string; reason: string }): Promise<StatementLine> {
  const line = await findLineOrThrow(ctx, id);
  if (line.state.name === 'ignored' && line.reason === reason) return line; // a second click
  const state = lineStates.enter(line.state, 'ignored', ctx);
  await post(ctx, {
    key: `bankLine:${id}:${line.version}:ignored`,
    kind: lineIgnored,
    source: { type: 'bankLine', id },
    facts: { reason },
    guards: [unchanged(StatementLine, line)],
    writes: () => [
      change(StatementLine, line, { state, reason }),
      recorded(ctx, 'bankLine.ignored', { type: 'bankLine', id }, { amountFen: Math.abs(line.amountFen) }),
    ],
  });
  return findLineOrThrow(ctx, id);
}

/** Takes a line up again that was put aside. */
export async function reopenLine(ctx: Context, { id }: { id: string }): Promise<StatementLine> {
  const line = await findLineOrThrow(ctx, id);
  if (line.state.name === 'open') return line;
  const state = lineStates.enter(line.state, 'open', ctx);
  await post(ctx, {
    key: `bankLine:${id}:${line.version}:reopened`,
    kind: lineReopened,
    source: { type: 'bankLine', id },
    guards: [unchanged(StatementLine, line)],
    writes: () => [
      change(StatementLine, line, { state, reason: undefined }),
      recorded(ctx, 'bankLine.reopened', { type: 'bankLine', id }, { amountFen: Math.abs(line.amountFen) }),
    ],
  });
  return findLineOrThrow(ctx, id);
}
