import { createHash } from 'node:crypto';
import { onlineMoneyOf, type ProviderItem, providerItemsBehind, providerItemsOf, providerRowOf } from '../../donations';
import { mainBank, provider } from '../../funds';
import type { Context } from '../../kernel/context';
import { addDays, type LocalDate } from '../../kernel/local-date';
import { bookStands, type StatementLine as EntryLine, findEntryByKey, findLinesOfDays } from '../../ledger';
import { operator } from '../../platform/mongo/operators';
import { unclaimed } from '../queue/entries-to-match';
import { BankStatement } from '../statements/bank-statement.model';
import { StatementLine } from '../statements/statement-line.model';
import type { Break, CloseFigures, Flow, ProviderFlow } from './day-close.model';

interface Days {
  from: LocalDate;
  to: LocalDate;
}

/** The figures of some days, with the last entry of the book when they were taken and the fingerprint that is signed. */
export interface TakenFigures extends CloseFigures {
  asOf: number;
  sha256: string;
}

const most = 100_000;
const providerAccount = provider('stripe');

/** Takes the three sides of some days, and where they differ. Days of the bank are the bank's, days of the book those of its entries. */
export async function closeFigures(ctx: Context, days: Days): Promise<TakenFigures> {
  const { seq: asOf } = await bookStands(ctx);
  const [bankEntries, providerEntries, lines, online, items] = await Promise.all([
    findLinesOfDays(ctx, mainBank, days, most),
    findLinesOfDays(ctx, providerAccount, days, most),
    StatementLine.find({ ledger: ctx.ledger, day: operator({ $gte: days.from, $lte: days.to }) })
      .sort({ day: 1, _id: 1 })
      .lean<StatementLine[]>(),
    onlineMoneyOf(ctx, days),
    providerItemsOf(ctx, days),
  ]);
  const atProvider = await compareProvider(ctx, days, items, providerEntries);
  const figures: CloseFigures = {
    provider: atProvider.theirs,
    bank: flowOf(lines.filter(({ state }) => state.name !== 'ignored').map(({ amountFen }) => amountFen)),
    bookProvider: atProvider.book,
    bookBank: flowOf(bankEntries.map(({ change }) => change)),
    breaks: [
      ...(await uncoveredDays(ctx, days)),
      ...lines.filter(({ state }) => state.name === 'open').map(bankOnly),
      ...(await bookOnly(ctx, bankEntries)),
      ...(['waiting', 'told', 'matters', 'payouts'] as const).flatMap((what) => online[what].map((one) => waitsAt(what, one))),
      ...atProvider.breaks,
    ],
  };
  return {
    ...figures,
    asOf,
    sha256: createHash('sha256')
      .update(JSON.stringify([days.from, days.to, figures]))
      .digest('hex'),
  };
}

function flowOf(amounts: readonly number[]): Flow {
  const sum = (some: readonly number[]) => some.reduce((total, amount) => total + amount, 0);
  return {
    inFen: sum(amounts.filter((amount) => amount > 0)),
    outFen: sum(amounts.filter((amount) => amount < 0).map((amount) => -amount)),
    count: amounts.length,
  };
}

function bankOnly({ _id: ref, day, amountFen, broughtBy: owner }: StatementLine): Break {
  return { kind: 'bankOnly', ref, day, amountFen, owner };
}

const kindsOfWaiting = { waiting: 'providerWaits', told: 'providerTold', matters: 'providerMatter', payouts: 'payoutMissing' } as const;

function waitsAt(
  what: keyof typeof kindsOfWaiting,
  { id: ref, on: day, amountFen }: { id: string; on: LocalDate; amountFen: number | undefined },
): Break {
  return { kind: kindsOfWaiting[what], ref, day, ...(amountFen !== undefined && { amountFen }) };
}

async function bookOnly(ctx: Context, entries: readonly EntryLine[]): Promise<Break[]> {
  const actors = new Map(entries.map(({ seq, actor }) => [seq, actor]));
  return (await unclaimed(ctx, entries)).map(({ seq, day, change: amountFen }) => {
    const actor = actors.get(seq);
    return { kind: 'bookOnly', ref: String(seq), day, amountFen, ...(actor?.startsWith('usr_') && { owner: actor }) };
  });
}

interface ProviderSides {
  theirs: ProviderFlow;
  book: ProviderFlow;
  breaks: Break[];
}

/**
 * Holds each thing at the provider against its entry, and each entry of its account against what the provider told. What the other side
 * has on another day is no break; what it does not have at all is one.
 */
async function compareProvider(ctx: Context, days: Days, items: ProviderItem[], entries: readonly EntryLine[]): Promise<ProviderSides> {
  const ofThese = new Set(entries.map(({ key }) => key));
  const elsewhere = items.filter(({ entry }) => !ofThese.has(entry));
  const booked = await Promise.all(elsewhere.map(({ entry }) => findEntryByKey(ctx, entry)));
  const changes = new Map([
    ...entries.map(({ key, change }) => [key, change] as const),
    ...booked.flatMap((entry) => (entry ? [[entry.key, changeOf(entry)] as const] : [])),
  ]);
  const behind = await providerItemsBehind(
    ctx,
    entries.map(({ key }) => key),
  );
  const late = elsewhere.filter((_, at) => booked[at] !== undefined);
  const unbooked = elsewhere.filter((_, at) => booked[at] === undefined);
  const untold = entries.filter(({ key }) => !behind.has(key));
  const ofOthers = entries.filter(({ key }) => !isWithin(behind.get(key)?.day ?? days.from, days));
  return {
    theirs: { ...providerFlow(items), otherDaysFen: sumOf(late) },
    book: {
      ...providerFlow(entries.map(({ kind, change }) => ({ row: providerRowOf(kind), amountFen: change }))),
      otherDaysFen: sumOf(ofOthers.map(({ change }) => ({ amountFen: change }))),
    },
    breaks: [
      ...unbooked.map(({ entry, gift, day, amountFen }): Break => ({ kind: 'providerOnly', ref: gift ?? entry, day, amountFen })),
      ...differences(items, changes),
      ...untold.map(({ seq, effectiveOn: day, change }): Break => ({ kind: 'providerMissing', ref: String(seq), day, amountFen: change })),
    ],
  };
}

/** What an entry moves on the provider's account. */
const changeOf = ({ legs }: Pick<EntryLine, 'legs'>) => legs.find(({ account }) => account === providerAccount)?.amount ?? 0;

/** Entries that book another sum than the provider told, with what is too little in the book. */
function differences(items: readonly ProviderItem[], changes: ReadonlyMap<string, number>): Break[] {
  const told = new Map<string, { item: ProviderItem; sum: number }>();
  for (const item of items) told.set(item.entry, { item, sum: (told.get(item.entry)?.sum ?? 0) + item.amountFen });
  return [...told].flatMap(([entry, { item, sum }]) => {
    const change = changes.get(entry);
    const ref = item.gift ?? entry;
    return change === undefined || change === sum ? [] : [{ kind: 'providerOnly', ref, day: item.day, amountFen: sum - change }];
  });
}

const isWithin = (day: LocalDate, { from, to }: Days) => from <= day && day <= to;
const sumOf = (some: readonly { amountFen: number }[]) => some.reduce((sum, { amountFen }) => sum + amountFen, 0);

function providerFlow(items: readonly Pick<ProviderItem, 'row' | 'amountFen'>[]): ProviderFlow {
  const inRow = (name: ProviderItem['row']) => items.filter(({ row }) => row === name);
  const payers = flowOf(inRow('payers').map(({ amountFen }) => amountFen));
  return { ...payers, count: items.length, costFen: -sumOf(inRow('cost')), paidOutFen: -sumOf(inRow('paidOut')) };
}

/** Days of which no statement says anything: neither that money moved nor that none did. A run of them is one break. */
async function uncoveredDays(ctx: Context, { from, to }: Days): Promise<Break[]> {
  const covering = await BankStatement.find(
    {
      ledger: ctx.ledger,
      'state.name': 'imported',
      firstDay: operator({ $lte: to }),
      lastDay: operator({ $gte: from }),
    },
    { firstDay: 1, lastDay: 1 },
  ).lean<Pick<BankStatement, '_id' | 'firstDay' | 'lastDay'>[]>();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!covering.some(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)) return [{ kind: 'noStatement', ref: day, day }];
  }
  return [];
}
