import { giftNumberOfTransfer } from '../donations';
import { may, type Permission } from '../identity';
import type { Context } from '../kernel/context';
import { halfWidth } from '../kernel/half-width';
import { findByNumber, findEntries, readNumber } from '../ledger';

interface Place {
  permission: Permission;
  href: (q: string) => string;
}

const pageOfEntry = (seq: number) => `/ledger/entries/${seq}`;
const entryShape = /^(?:分录|entry|no\.|#)?第?(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:号|条|笔)?(?:分录)?$/;

/** Lists that know what is no number of a paper; each keeps to its reader's reach. */
const places: readonly Place[] = [
  { permission: 'household.read', href: (q) => `/households?q=${q}` },
  { permission: 'gift.read', href: (q) => `/donations/gifts?q=${q}` },
];

/**
 * Where a search leads this person: a number on a paper to the page of its document, or to the entry that booked it, whichever they may
 * open; the number of an entry to the entry, the bank's serial number of a transfer to the gift; anything else to a list. Nothing when no
 * room of theirs knows it.
 */
export async function searchTarget(ctx: Context, typed: string): Promise<string | undefined> {
  const number = readNumber(typed);
  const seq = may(ctx.actor, 'ledger.read') ? readEntryNumber(typed) : undefined;
  const known =
    (number === undefined ? undefined : await paperPage(ctx, number)) ??
    (seq === undefined ? undefined : await entryPage(ctx, seq)) ??
    (await transferPage(ctx, typed));
  return known ?? (number === undefined && seq === undefined ? listFor(ctx, typed.trim()) : undefined);
}

/** The number of an entry as pages print it (`2,606`, `分录 2,606`, `第 2,606 条`) or as people type it; undefined for anything else. */
function readEntryNumber(typed: string): number | undefined {
  const [, digits] = entryShape.exec(halfWidth(typed).replace(/\s/g, '').toLowerCase()) ?? [];
  return digits === undefined ? undefined : Number(digits.replaceAll(',', ''));
}

async function paperPage(ctx: Context, number: string): Promise<string | undefined> {
  const found = await findByNumber(ctx, number);
  if (found?.href !== undefined) return found.href;
  return found?.seq !== undefined && may(ctx.actor, 'ledger.read') ? pageOfEntry(found.seq) : undefined;
}

async function entryPage(ctx: Context, seq: number): Promise<string | undefined> {
  const [last] = await findEntries(ctx, { upTo: seq }, 1);
  return last?.seq === seq ? pageOfEntry(seq) : undefined;
}

async function transferPage(ctx: Context, typed: string): Promise<string | undefined> {
  const gift = may(ctx.actor, 'gift.read') ? await giftNumberOfTransfer(ctx, typed) : undefined;
  return gift && `/donations/gifts/${gift}`;
}

function listFor({ actor }: Context, q: string): string | undefined {
  return places.find(({ permission }) => may(actor, permission))?.href(encodeURIComponent(q));
}
