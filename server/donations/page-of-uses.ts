import type { PageRequest } from '../platform/validation/types';
import type { GiftUse } from './trace-gift';

/** A part of a gift's uses, and where the parts beside it begin: after the use that a cursor names, '' for the first. */
export interface PageOfUses<Use = GiftUse> {
  rows: readonly Use[];
  from: number;
  to: number;
  total: number;
  previous?: string;
  next?: string;
}

/** Cuts by the place in the book: uses that come meanwhile shift nothing, and one that was reserved may be paid before the next page. */
export function pageOfUses(uses: readonly GiftUse[], { after = '', limit }: PageRequest): PageOfUses {
  const start = firstAfter(uses, after);
  const rows = uses.slice(start, start + limit);
  const end = start + rows.length;
  const before = start - limit;
  const next = uses[end - 1];
  return {
    rows,
    from: rows.length === 0 ? 0 : start + 1,
    to: end,
    total: uses.length,
    ...(start > 0 && { previous: before <= 0 ? '' : cursorOf(uses[before - 1]) }),
    ...(next && end < uses.length && { next: cursorOf(next) }),
  };
}

/** `gone-418`, `held-512`: first what has left, then what waits, each by the number of its entry. */
function cursorOf(use: GiftUse | undefined): string {
  return use ? `${isWaiting(use) ? 'held' : 'gone'}-${use.seq}` : '';
}

function firstAfter(uses: readonly GiftUse[], after: string): number {
  const [, part, seq] = /^(gone|held)-(\d{1,15})$/.exec(after) ?? [];
  if (part === undefined) return 0;
  const place = [Number(part === 'held'), Number(seq)] as const;
  const found = uses.findIndex((use) => {
    const waits = Number(isWaiting(use));
    return waits > place[0] || (waits === place[0] && use.seq > place[1]);
  });
  return found < 0 ? uses.length : found;
}

function isWaiting({ kind }: GiftUse): boolean {
  return kind === 'held' || kind === 'apart';
}
