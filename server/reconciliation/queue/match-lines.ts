import { findDepositsInTransit, giftsNumbered, giftsOfTransfers, receiveDeposit, receiveTransfer } from '../../donations';
import type { Context } from '../../kernel/context';
import { AppError } from '../../kernel/errors';
import { isRefused, post } from '../../ledger';
import { change, unchanged } from '../../platform/mongo/document-writes';
import { lineMatched } from '../reconciliation.kinds';
import { remarkOf, StatementLine } from '../statements/statement-line.model';
import { chooseDeposit } from './choose-deposit';
import { chooseEntries } from './choose-entries';
import { chooseGift, type GiftVerdict } from './choose-gift';
import type { EntriesToMatch } from './entries-to-match';
import { type Matched, noteMatches } from './note-match';
import { numbersIn } from './numbers-in';

type Hinted = NonNullable<StatementLine['hint']>;
const atOnce = 50;

/**
 * Looks for what open lines are by rule: gifts by serial number or by the number in the remark and the exact sum, all else by the entry of
 * the same sum around that day. What a rule does not find waits with the reason.
 */
export async function matchLines(ctx: Context, lines: readonly StatementLine[], entries: EntriesToMatch): Promise<void> {
  const matched: Matched[] = [];
  const hinted: { line: StatementLine; hint: Hinted | undefined }[] = [];
  const rest: StatementLine[] = [];
  const gifts = await verdictsOf(
    ctx,
    lines.filter(({ amountFen }) => amountFen > 0),
  );
  const toBook = gifts.filter(({ verdict }) => verdict.do === 'book');
  for (let start = 0; start < toBook.length; start += atOnce) {
    await Promise.all(toBook.slice(start, start + atOnce).map(async ({ line, verdict }) => bookByRule(ctx, line, verdict, matched)));
  }
  for (const { line, verdict } of gifts) {
    if (verdict.do === 'matchBooked') matched.push(giftMatch(line, verdict.gift));
    if (verdict.do === 'leave' && verdict.hint) hinted.push({ line, hint: verdict.hint });
    if (verdict.do === 'leave' && !verdict.hint) rest.push(line);
  }
  const others = await matchDeposits(ctx, rest, matched);
  for (const line of [...others, ...lines.filter(({ amountFen }) => amountFen < 0)]) {
    const batches = numbersIn(remarkOf(line), 'B');
    const asked = { day: line.day, amountFen: line.amountFen, accountHash: line.accountHash, batches };
    const verdict = chooseEntries(asked, entries.around(line.amountFen, batches));
    if (verdict.do === 'leave') {
      hinted.push({ line, hint: verdict.hint });
      continue;
    }
    entries.take(verdict.entries);
    matched.push({ line, match: { how: 'rule', entries: verdict.entries.map(({ key }) => key) } });
  }
  await noteMatches(ctx, matched);
  await noteHints(ctx, hinted);
}

async function verdictsOf(ctx: Context, lines: readonly StatementLine[]): Promise<{ line: StatementLine; verdict: GiftVerdict }[]> {
  const numbers = new Map(lines.map((line) => [line._id, numbersIn(remarkOf(line), 'D')]));
  const [booked, named] = await Promise.all([
    giftsOfTransfers(
      ctx,
      lines.map(({ serial }) => serial),
    ),
    giftsNumbered(ctx, [...new Set([...numbers.values()].flat())]),
  ]);
  const taken = new Set<string>(); // two lines of one file may name the same gift: the first one pays it
  return lines.map((line) => {
    const verdict = chooseGift({
      amountFen: line.amountFen,
      booked: booked.get(line.serial),
      named: (numbers.get(line._id) ?? []).map((number) => ({ number, gift: named.get(number) })),
    });
    if (verdict.do !== 'book') return { line, verdict };
    const { number } = verdict.gift;
    if (taken.has(number)) return { line, verdict: { do: 'leave', hint: { code: 'paid-before', gift: number } } };
    taken.add(number);
    return { line, verdict };
  });
}

/** Lines that name the paper of cash that a counter has brought to the bank; gives the others. */
async function matchDeposits(ctx: Context, lines: readonly StatementLine[], matched: Matched[]): Promise<StatementLine[]> {
  const deposits = lines.length > 0 ? await findDepositsInTransit(ctx) : [];
  const others: StatementLine[] = [];
  for (const line of lines) {
    const { serial, day, amountFen } = line;
    const deposit = chooseDeposit({ day, amountFen, remark: remarkOf(line) }, deposits);
    const entry = deposit && (await receivedOrLeft(receiveDeposit(ctx, { deposit: deposit._id, serial, on: day, amountFen })));
    if (entry) matched.push({ line, match: { how: 'rule', entries: [entry] } });
    else others.push(line);
  }
  return others;
}

/** Whatever keeps it from being booked leaves the line to people. */
async function receivedOrLeft(receiving: Promise<string>): Promise<string | undefined> {
  try {
    return await receiving;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error; // the job comes again
    return undefined;
  }
}

/** Books a gift; whatever keeps it from being booked leaves the line to people. */
async function bookByRule(ctx: Context, line: StatementLine, verdict: GiftVerdict, matched: Matched[]): Promise<void> {
  if (verdict.do !== 'book') return;
  const { serial, day: on, amountFen } = line;
  try {
    const gift = await receiveTransfer(ctx, { giftNumber: verdict.gift.number, serial, on, amountFen });
    if (gift.received?.proof === serial) matched.push(giftMatch(line, { id: gift._id, number: gift.number }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.status >= 500) throw error; // the job comes again
  }
}

function giftMatch(line: StatementLine, { id, number }: { id: string; number: string }): Matched {
  return { line, match: { how: 'rule', entries: [`gift:${id}:received`], gift: number } };
}

async function noteHints(ctx: Context, hinted: readonly { line: StatementLine; hint: Hinted | undefined }[]): Promise<void> {
  const changed = hinted.filter(({ line, hint }) => hint?.code !== line.hint?.code || hint?.gift !== line.hint?.gift);
  const [first] = changed;
  if (!first) return;
  try {
    await post(ctx, {
      key: `bankLine:${first.line._id}:${first.line.version}:hinted:${changed.length}`,
      kind: lineMatched,
      source: { type: 'bankLine', id: first.line._id },
      bulk: true,
      guards: changed.map(({ line }) => unchanged(StatementLine, line)),
      writes: () => changed.map(({ line, hint }) => change(StatementLine, line, { hint })),
    });
  } catch (error) {
    if (!isRefused(error, 'stale')) throw error; // somebody decides on one of them now: the next round says the others
  }
}
