import { closeDayOf, type ProviderItem, type ProviderRow, providerItemsBehind, providerRowOf } from '../../donations';
import { provider } from '../../funds';
import type { Context } from '../../kernel/context';
import type { LocalDate } from '../../kernel/local-date';
import { type StatementLine as EntryLine, findEntryByKey } from '../../ledger';
import type { Break, Explained, ProviderFlow } from './day-close.model';
import { type Days, flowOf } from './flow-of';

const providerAccount = provider('stripe');

interface ProviderSides {
  theirs: ProviderFlow;
  book: ProviderFlow;
  breaks: Break[];
  toldLate: Explained[];
}

/**
 * Holds each thing at the provider against its entry, and each entry of its account against what the provider told. What the other side
 * has on another day is no break; what it does not have at all is one. What was told of days that were closed by then stands in a row of
 * its own, on both sides.
 */
export async function compareProvider(
  ctx: Context,
  days: Days,
  items: ProviderItem[],
  entries: readonly EntryLine[],
): Promise<ProviderSides> {
  const ofThese = new Set(entries.map(({ key }) => key));
  const elsewhere = items.filter(({ entry }) => !ofThese.has(entry));
  const found = await Promise.all(elsewhere.map(({ entry }) => findEntryByKey(ctx, entry)));
  const changes = new Map([
    ...entries.map(({ key, change }) => [key, change] as const),
    ...found.flatMap((entry) => (entry ? [[entry.key, changeOf(entry)] as const] : [])),
  ]);
  const behind = await providerItemsBehind(
    ctx,
    entries.map(({ key }) => key),
  );
  const onOtherDays = elsewhere.filter((_, at) => found[at] !== undefined);
  const unbooked = elsewhere.filter((_, at) => found[at] === undefined);
  const untold = entries.filter(({ key }) => !behind.has(key));
  const ofOthers = entries.filter(({ key }) => !isWithin(closeDayIn(behind, key) ?? days.from, days));
  const ofLate = new Set(items.filter(isToldLate).map(({ entry }) => entry));
  const booked = entries.map(({ key, kind, change }) => ({ row: providerRowOf(kind), amountFen: change, isLate: ofLate.has(key) }));
  return {
    theirs: { ...providerFlow(items.map((item) => ({ ...item, isLate: isToldLate(item) }))), otherDaysFen: sumOf(onOtherDays) },
    book: { ...providerFlow(booked), otherDaysFen: sumOf(ofOthers.map(({ change }) => ({ amountFen: change }))) },
    toldLate: items.filter(isToldLate).map(explainedOf),
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

const isToldLate = ({ carriedTo }: ProviderItem) => carriedTo !== undefined;

function closeDayIn(behind: ReadonlyMap<string, ProviderItem>, key: string): LocalDate | undefined {
  const item = behind.get(key);
  return item && closeDayOf(item);
}

function explainedOf({ entry, gift, day, amountFen, row }: ProviderItem): Explained {
  return { kind: 'toldLate', ref: gift ?? entry, day, amountFen, row };
}

interface InRow {
  row: ProviderRow;
  amountFen: number;
  isLate: boolean;
}

function providerFlow(all: readonly InRow[]): ProviderFlow {
  const [late, own] = [all.filter(({ isLate }) => isLate), all.filter(({ isLate }) => !isLate)];
  const inRow = (name: ProviderRow) => own.filter(({ row }) => row === name);
  const takenBy = (name: ProviderRow) => inRow(name).reduce((sum, { amountFen }) => sum - amountFen, 0);
  const payers = flowOf(inRow('payers').map(({ amountFen }) => amountFen));
  return {
    ...payers,
    count: all.length,
    costFen: takenBy('cost'),
    paidOutFen: takenBy('paidOut'),
    toldLateFen: sumOf(late),
  };
}
