import { may, type Permission } from '../identity';
import type { Actor, Context } from '../kernel/context';
import { findByNumber, readNumber } from '../ledger';

interface Place {
  shape: RegExp;
  permission: Permission;
  href: (q: string) => string;
}

const pageOfEntry = (seq: number) => `/ledger/entries/${seq}`;

/** Lists that know what is no number of a paper; each keeps to its reader's reach. */
const places: readonly Place[] = [
  { shape: /^\d{1,9}$/, permission: 'ledger.read', href: (q) => pageOfEntry(Number(q)) },
  { shape: /./u, permission: 'household.read', href: (q) => `/households?q=${q}` },
  { shape: /./u, permission: 'gift.read', href: (q) => `/donations/gifts?q=${q}` },
];

/**
 * Where a search leads this person: a number on a paper to the page of its document, or to the entry that booked it, whichever they may
 * open; anything else to a list. Nothing when no room of theirs knows it.
 */
export async function searchTarget(ctx: Context, typed: string): Promise<string | undefined> {
  const number = readNumber(typed);
  if (number === undefined) return listFor(ctx.actor, typed.trim());
  const found = await findByNumber(ctx, number);
  if (found?.href !== undefined) return found.href;
  return found?.seq !== undefined && may(ctx.actor, 'ledger.read') ? pageOfEntry(found.seq) : undefined;
}

function listFor(actor: Actor, q: string): string | undefined {
  return places.find(({ shape, permission }) => shape.test(q) && may(actor, permission))?.href(encodeURIComponent(q));
}
