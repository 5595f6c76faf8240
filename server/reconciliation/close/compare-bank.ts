import { incomeRecorded } from '../../funds';
import type { Context } from '../../kernel/context';
import type { LocalDate } from '../../kernel/local-date';
import type { StatementLine as EntryLine } from '../../ledger';
import { anyOf, operator } from '../../platform/mongo/operators';
import { unclaimed } from '../queue/entries-to-match';
import { linesOfEntries } from '../queue/entry-claim.model';
import { bankFeePaid } from '../reconciliation.accounts';
import { StatementLine } from '../statements/statement-line.model';
import type { BankFlow, Break, Explained } from './day-close.model';
import { type Days, flowOf } from './flow-of';

interface BankSides {
  theirs: BankFlow;
  book: BankFlow;
  bankOnly: Break[];
  bookOnly: Break[];
  explained: Explained[];
}

/**
 * Holds the bank's lines against the entries of the charity's account. A line that was taken in when its day was closed stands in a row of
 * its own, on both sides; what the other side has on other days is said on each side, so that the columns can be added up.
 */
export async function compareBank(ctx: Context, days: Days, entries: readonly EntryLine[]): Promise<BankSides> {
  const [lines, closeDays] = await Promise.all([bankLinesOf(ctx, days), closeDaysOf(ctx, entries)]);
  const changes = new Map(entries.map(({ key, change }) => [key, change]));
  const ofLate = new Set(lines.filter(isLate).flatMap(({ match }) => match?.entries ?? []));
  const elsewhere = lines.filter(({ state }) => state.name === 'matched').map((line) => line.amountFen - inBook(line, changes));
  const ofOthers = entries.filter(({ key }) => !isWithin(closeDays.get(key) ?? days.from, days));
  const inState = (name: string) => lines.filter(({ state }) => state.name === name);
  return {
    theirs: bankFlow(
      lines.map((line) => ({ amountFen: line.amountFen, isLate: isLate(line) })),
      sumOf(elsewhere),
    ),
    book: bankFlow(
      entries.map(({ key, change }) => ({ amountFen: change, isLate: ofLate.has(key) })),
      sumOf(ofOthers.map(({ change }) => change)),
    ),
    bankOnly: inState('open').map(bankOnly),
    bookOnly: await bookOnly(ctx, entries),
    explained: [
      ...inState('ignored').map(putAside),
      ...entries.filter(({ kind }) => kind === bankFeePaid.name).map(feeBooked),
      ...entries.filter(({ kind }) => kind === incomeRecorded.name).map(incomeBooked),
      ...inState('matched').filter(isLate).map(takenLate),
    ],
  };
}

const isLate = ({ carriedTo }: StatementLine) => carriedTo !== undefined;
const closeDayOf = ({ day, carriedTo }: Pick<StatementLine, 'day' | 'carriedTo'>): LocalDate => carriedTo ?? day;
const isWithin = (day: LocalDate, { from, to }: Days) => from <= day && day <= to;
const sumOf = (some: readonly number[]) => some.reduce((sum, amount) => sum + amount, 0);

/** The lines in the close of some days: those of the days themselves, and those of days that were closed when they were taken in. */
async function bankLinesOf(ctx: Context, days: Days): Promise<StatementLine[]> {
  const within = operator({ $gte: days.from, $lte: days.to });
  const found = await StatementLine.find({ ledger: ctx.ledger, $or: [{ day: within }, { carriedTo: within }] })
    .sort({ day: 1, _id: 1 })
    .lean<StatementLine[]>();
  return found.filter((line) => isWithin(closeDayOf(line), days));
}

/** In the close of which day the line of each entry stands, by the entry's key; nothing for an entry that no line is yet. */
async function closeDaysOf(ctx: Context, entries: readonly EntryLine[]): Promise<Map<string, LocalDate>> {
  const claimed = await linesOfEntries(
    ctx,
    entries.map(({ key }) => key),
  );
  const found = await StatementLine.find({ ledger: ctx.ledger, _id: anyOf([...new Set(claimed.values())]) }, { day: 1, carriedTo: 1 }).lean<
    Pick<StatementLine, '_id' | 'day' | 'carriedTo'>[]
  >();
  const dayOf = new Map(found.map((line) => [line._id, closeDayOf(line)]));
  return new Map(
    [...claimed].flatMap(([key, line]) => {
      const day = dayOf.get(line);
      return day === undefined ? [] : [[key, day] as const];
    }),
  );
}

/** How much of a line these entries are. All its entries together are its sum. */
function inBook({ match }: StatementLine, changes: ReadonlyMap<string, number>): number {
  return sumOf((match?.entries ?? []).map((key) => changes.get(key) ?? 0));
}

function bankFlow(all: readonly { amountFen: number; isLate: boolean }[], otherDaysFen: number): BankFlow {
  const amounts = (late: boolean) => all.filter((one) => one.isLate === late).map(({ amountFen }) => amountFen);
  return { ...flowOf(amounts(false)), count: all.length, toldLateFen: sumOf(amounts(true)), otherDaysFen };
}

function bankOnly({ _id: ref, day, amountFen, broughtBy: owner }: StatementLine): Break {
  return { kind: 'bankOnly', ref, day, amountFen, owner };
}

async function bookOnly(ctx: Context, entries: readonly EntryLine[]): Promise<Break[]> {
  const actors = new Map(entries.map(({ seq, actor }) => [seq, actor]));
  return (await unclaimed(ctx, entries)).map(({ seq, day, change: amountFen }) => {
    const actor = actors.get(seq);
    return { kind: 'bookOnly', ref: String(seq), day, amountFen, ...(actor?.startsWith('usr_') && { owner: actor }) };
  });
}

/** The bank moved that money, and the book does not have it: a person has said why. */
function putAside({ _id: ref, day, amountFen, reason = '', state }: StatementLine): Explained {
  return { kind: 'putAside', ref, day, amountFen, reason, by: state.by };
}

/** On both sides, and somebody's word that it is a fee: told, so that it is not he alone who closes the day. */
function feeBooked({ source, effectiveOn: day, change: amountFen, actor: by }: EntryLine): Explained {
  return { kind: 'bankFee', ref: source.id, day, amountFen, by };
}

/** The same of money that somebody calls no gift: whose it is and on what ground is his word. */
function incomeBooked({ seq, effectiveOn: day, change: amountFen, actor: by }: EntryLine): Explained {
  return { kind: 'income', ref: String(seq), day, amountFen, by };
}

function takenLate({ _id: ref, day, amountFen }: StatementLine): Explained {
  return { kind: 'lineLate', ref, day, amountFen };
}
