import type { Actor, Context } from '../kernel/context';
import type { Translate } from '../platform/i18n/translator';
import { writesSoFar } from '../platform/mongo/writes-so-far';
import type { NavGroup } from '../platform/views/locals';
import { may, type Permission } from './permissions';

/** The groups of the side navigation, in their order; `top` has no heading. Their words are `identity:nav.<group>`. */
const groups = ['top', 'help', 'giving', 'receiving', 'goods', 'books', 'manage', 'look'] as const;
type NavGroupName = (typeof groups)[number];

export interface NavEntry {
  group: NavGroupName;
  href: string;
  /** A symbol of `public/img/icons.svg`. */
  icon: string;
  /** Message key. */
  label: string;
  /** Who sees it: whoever has the permission of its page. */
  permission: Permission;
  /** Place in its group. */
  rank: number;
  /** Work that waits there for this person, by a query that an index answers. */
  count?: (ctx: Context) => Promise<number>;
}

const entries: NavEntry[] = [];

/** Adds a page to the navigation of everybody who may open it. A room calls it once, where it defines its routes. */
export function addToNavigation(entry: NavEntry): void {
  const at = entries.findIndex(({ href, permission }) => href === entry.href && permission === entry.permission);
  if (at >= 0)
    entries[at] = entry; // an app made twice in one process (tests)
  else entries.push(entry);
}

/** What a person finds in the side navigation (or the tabs of a phone), with counts. */
export async function navigationFor(ctx: Context, t: Translate, path: string): Promise<NavGroup[]> {
  const [shown = ''] = path.split('?');
  const mine = entries.filter(({ permission }) => may(ctx.actor, permission)).sort((a, b) => a.rank - b.rank);
  const counts = await countsOf(ctx, mine);
  const current = mine
    .filter(({ href }) => shown === href || shown.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
  return groups.flatMap((group) => {
    const items = mine.flatMap((entry, at) => {
      if (entry.group !== group) return [];
      const { href, icon, label } = entry;
      return [{ href, icon, label: t(label), ...(counts[at] && { count: counts[at] }), ...(entry === current && { current: true }) }];
    });
    return items.length === 0 ? [] : [{ ...(group !== 'top' && { label: t(`identity:nav.${group}`) }), items }];
  });
}

interface Counted {
  counts: Promise<readonly number[]>;
  /** When by the county's clock, and after how many commits of this process. */
  at: number;
  writes: number;
}

const counted = new Map<string, Counted>();
const [staysForMs, mostKept] = [5_000, 1_000];

/** What waits on each page: asked anew after each commit of this process, and every few seconds for what other processes do. */
function countsOf(ctx: Context, mine: readonly NavEntry[]): Promise<readonly number[]> {
  const [at, writes] = [ctx.clock.now().getTime(), writesSoFar()];
  const who = JSON.stringify([ctx.ledger, ctx.actor.id, ctx.actor.grants]);
  const known = counted.get(who);
  if (known?.writes === writes && Math.abs(at - known.at) < staysForMs) return known.counts;
  const counts = Promise.all(mine.map(({ count }) => count?.(ctx) ?? 0));
  counts.catch(() => counted.delete(who)); // asked again at the next page
  if (counted.size >= mostKept) counted.clear();
  counted.set(who, { counts, at, writes });
  return counts;
}

/** Where a person begins: the first page of the navigation that they may open, or their own account. */
export function firstPageOf(actor: Actor): string {
  const mine = groups.flatMap((group) =>
    entries.filter((entry) => entry.group === group && may(actor, entry.permission)).sort((a, b) => a.rank - b.rank),
  );
  return mine[0]?.href ?? '/me';
}
