import { may } from '../identity';
import type { Context } from '../kernel/context';
import { halfWidth } from '../kernel/half-width';
import { findEntries, type Label, nameDocuments, numberDocuments } from '../ledger';
import { sharedTranslator } from '../platform/i18n/translator';
import { entryHref } from './labels';

const entryShape = /^(?:分录|entry|no\.|#)?第?(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:号|条|笔)?(?:分录)?$/;

/** What the search calls an entry, and how it finds one. */
export function nameEntries(): void {
  nameDocuments('entry', async (ctx, seqs) => {
    const t = (await sharedTranslator()).in(ctx.locale);
    const mayOpen = may(ctx.actor, 'ledger.read');
    return new Map(
      seqs.map((seq): [string, Label] => [
        seq,
        { text: t('books:entryNumbered', { seq }), ...(mayOpen && { href: entryHref(Number(seq)) }) },
      ]),
    );
  });
  numberDocuments('entry', entryNumbered, readEntryNumber);
}

/** The number of an entry as pages print it (`2,606`, `分录 2,606`, `第 2,606 条`) or as people type it; undefined for anything else. */
export function readEntryNumber(typed: string): string | undefined {
  const [, digits] = entryShape.exec(halfWidth(typed).replace(/\s/g, '').toLowerCase()) ?? [];
  return digits === undefined ? undefined : String(Number(digits.replaceAll(',', '')));
}

/** An entry is told of in the audit at what it booked. */
async function entryNumbered(ctx: Context, digits: string) {
  const seq = Number(digits);
  const [last] = may(ctx.actor, 'ledger.read') ? await findEntries(ctx, { upTo: seq }, 1) : [];
  return last?.seq === seq ? { id: digits, toldOf: last.source } : undefined;
}
