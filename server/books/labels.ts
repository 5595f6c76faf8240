import type { Context } from '../kernel/context';
import { type AccountCode, accountLabels, classNameOf, documentLabels, type EntryView } from '../ledger';
import type { Translate } from '../platform/i18n/translator';

/** A link with its words. */
export interface Link {
  text: string;
  href?: string;
}

/** What people call the accounts and documents of these entries; a room that does not name one leaves class and code. */
export interface Names {
  account(code: AccountCode): Link;
  /** With the kind of account, where accounts of several kinds stand together: a shop has points, goods and money. */
  accountOfKind(code: AccountCode): Link;
  source(entry: EntryView): Link;
}

/** Asks the rooms once for all names that a page needs. */
export async function namesFor(
  ctx: Context,
  t: Translate,
  entries: readonly EntryView[],
  more: readonly AccountCode[] = [],
): Promise<Names> {
  const codes = new Set([...more, ...entries.flatMap((entry) => entry.legs.map((leg) => leg.account))]);
  const [accounts, documents] = await Promise.all([
    accountLabels(ctx, codes),
    documentLabels(
      ctx,
      entries.map(({ source }) => source),
    ),
  ]);
  const account = (code: AccountCode) => ({ text: accounts.get(code)?.text ?? plainName(t, code), href: accountHref(code) });
  return {
    account,
    accountOfKind: (code) => {
      const { text, href } = account(code);
      const kind = t(`accounts:${classNameOf(code)}`);
      return { text: text.includes(kind) ? text : `${text} ${kind}`, href };
    },
    source: ({ source }) => documents.get(`${source.type}/${source.id}`) ?? { text: source.id },
  };
}

export function accountHref(code: AccountCode): string {
  return `/ledger/accounts/${encodeURIComponent(code)}`;
}

export function entryHref(seq: number): string {
  return `/ledger/entries/${seq}`;
}

/** Name of the class, and the part that tells its accounts apart. */
function plainName(t: Translate, code: AccountCode): string {
  const className = classNameOf(code);
  const rest = code.slice(className.length + 1);
  return rest ? `${t(`accounts:${className}`)} ${rest}` : t(`accounts:${className}`);
}
