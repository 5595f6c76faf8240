import { may, type Permission } from '../identity';
import type { Actor } from '../kernel/context';

interface Place {
  shape: RegExp;
  permission: Permission;
  href: (q: string) => string;
}

/** What a number looks like, and where its room finds it; each list keeps to its reader's reach. Anything else is a family's name. */
const places: readonly Place[] = [
  { shape: /^A-\d{4}-\d+$/i, permission: 'aid.read', href: (q) => `/aid/cases?view=all&q=${q}` },
  { shape: /^D-\d{4}-\d+$/i, permission: 'gift.read', href: (q) => `/donations/gifts?q=${q}` },
  { shape: /^B-\d{4}-\d+$/i, permission: 'payment.read', href: () => '/payments/batches' },
  { shape: /^\d{1,9}$/, permission: 'ledger.read', href: (q) => `/ledger/entries/${Number(q)}` },
  { shape: /./u, permission: 'household.read', href: (q) => `/households?q=${q}` },
  { shape: /./u, permission: 'gift.read', href: (q) => `/donations/gifts?q=${q}` },
];

/** Where a search leads this person; nothing when no room of theirs could know it. */
export function searchTarget(actor: Actor, typed: string): string | undefined {
  const q = typed.trim();
  const place = places.find(({ shape, permission }) => shape.test(q) && may(actor, permission));
  return place?.href(encodeURIComponent(q));
}
