import { readEntryNumber } from '../books';
import { may, type Permission } from '../identity';
import type { Context } from '../kernel/context';
import { findByNumber, readNumber } from '../ledger';

interface Place {
  permission: Permission;
  href: (q: string) => string;
}

const pageOfEntry = (seq: number) => `/ledger/entries/${seq}`;

/** Lists that know what is no number of a paper; each keeps to its reader's reach. */
const places: readonly Place[] = [
  { permission: 'household.read', href: (q) => `/households?q=${q}` },
  { permission: 'gift.read', href: (q) => `/donations/gifts?q=${q}` },
];

/**
 * Where a search leads this person: a number to the page of its document, or to the entry that booked it, whichever they may open;
 * anything else to a list. Nothing when no room of theirs knows it.
 */
export async function searchTarget(ctx: Context, typed: string): Promise<string | undefined> {
  const found = await findByNumber(ctx, typed);
  if (found?.href !== undefined) return found.href;
  const mayReadEntries = may(ctx.actor, 'ledger.read');
  if (found?.seq !== undefined && mayReadEntries) return pageOfEntry(found.seq);
  const isOnlyNumber = readNumber(typed) !== undefined || (mayReadEntries && readEntryNumber(typed) !== undefined);
  return isOnlyNumber ? undefined : listFor(ctx, typed.trim());
}

function listFor({ actor }: Context, q: string): string | undefined {
  return places.find(({ permission }) => may(actor, permission))?.href(encodeURIComponent(q));
}
