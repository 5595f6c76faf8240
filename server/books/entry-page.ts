import { machineName } from '../audit';
import { maskedNames } from '../identity';
import type { Context } from '../kernel/context';
import { chartEntry, type EntryView, findEntries, findEntryByKey, findEntryOrThrow, findReversalOf, type StoredLeg } from '../ledger';
import type { Translate } from '../platform/i18n/translator';
import { formatDay } from '../platform/views/format';
import { entryHref, type Link, type Names, namesFor } from './labels';
import { quantity, type UnitGroup, unitGroup } from './quantity';

/** One leg as a row: its side in the book of money, whether the account has less or more by it, which lot, what stands there afterwards. */
interface LegRow {
  account: Link;
  lot: string;
  side: 'debit' | 'credit';
  less: string;
  more: string;
  after: string;
}

/** The entry with its legs by unit, each group summing to zero, and its neighbours. */
export async function entryPage(ctx: Context, t: Translate, seq: number) {
  const entry = await findEntryOrThrow(ctx, seq);
  const [names, people, reversal, reversed, neighbours] = await Promise.all([
    namesFor(ctx, t, [entry]),
    maskedNames(ctx, [entry.actor]),
    findReversalOf(ctx, entry.key),
    entry.reverses ? findEntryByKey(ctx, entry.reverses) : undefined,
    findEntries(ctx, { upTo: seq + 1 }, 3),
  ]);
  return {
    entry,
    kind: t(`kinds:${entry.kind}`),
    actor: people.get(entry.actor) ?? machineName(t, entry.actor),
    source: names.source(entry),
    recordedAt: new Date(entry.recordedAt),
    groups: legGroups(ctx, t, entry, names),
    numbers: Object.values(entry.numbers),
    reversal: reversal ? { text: String(reversal.seq), href: entryHref(reversal.seq) } : undefined,
    reversed: reversed ? { text: String(reversed.seq), href: entryHref(reversed.seq) } : undefined,
    neighbours: neighbours
      .filter((one) => Math.abs(one.seq - seq) <= 1)
      .reverse()
      .map((one) => ({ seq: one.seq, kind: t(`kinds:${one.kind}`), href: entryHref(one.seq), current: one.seq === seq })),
  };
}

function legGroups(ctx: Context, t: Translate, entry: EntryView, names: Names) {
  const order: readonly UnitGroup[] = ['points', 'goods', 'money', 'limits'];
  return order.flatMap((group) => {
    const legs = inOrder(
      group,
      entry.legs.filter((leg) => unitGroup(leg.unit) === group),
    );
    return legs.length === 0
      ? []
      : [{ group, title: t(`books:group.${group}`), rows: legs.map((leg) => rowOf(ctx, t, entry, leg, names)) }];
  });
}

/** Money as in an accountant's book: what is debited stands first. */
function inOrder(group: UnitGroup, legs: StoredLeg[]): StoredLeg[] {
  return group === 'money' ? [...legs.filter(({ amount }) => amount > 0), ...legs.filter(({ amount }) => amount <= 0)] : legs;
}

/** Of our own documents the account's name says more than their id. */
function isInternalId(origin: string): boolean {
  return /^[a-z]{2,4}_/.test(origin);
}

/** What is used of a limit stands once in each column, as taken from the one and given back to the county, so that the rows add up. */
function changeOf({ account, unit, amount }: StoredLeg): number {
  return chartEntry(account).side === 'debit' && unitGroup(unit) !== 'limits' ? amount : -amount;
}

/** Which lot, as far as people know it: its paper, and the last day of points and goods. */
function lotText({ locale }: Context, t: Translate, { origin, lastDay }: EntryView['drawn'][number]): string {
  const paper = isInternalId(origin) ? '' : origin;
  const until = lastDay === undefined ? '' : t('books:entry.lotUntil', { day: formatDay(lastDay, locale) });
  return [paper, until].filter((part) => part !== '').join('　');
}

function rowOf(ctx: Context, t: Translate, entry: EntryView, leg: StoredLeg, names: Names): LegRow {
  const change = changeOf(leg);
  const amount = quantity(t, leg.unit, Math.abs(change));
  const drawn = entry.drawn.find((one) => one.lot === leg.account || one.to === leg.account);
  return {
    account: names.accountOfKind(leg.account),
    lot: drawn ? lotText(ctx, t, drawn) : '',
    side: leg.amount > 0 ? 'debit' : 'credit',
    less: change < 0 ? amount : '',
    more: change > 0 ? amount : '',
    after: quantity(t, leg.unit, leg.balanceAfter),
  };
}
