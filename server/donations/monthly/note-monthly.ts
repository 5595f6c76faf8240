import { type AuditFacts, recorded } from '../../audit';
import type { Context } from '../../kernel/context';
import { post } from '../../ledger';
import { hashOfAsked } from '../../platform/crypto/hash-of-asked';
import { change, type DocumentWrite, unchanged } from '../../platform/mongo/document-writes';
import { asSystem } from '../as-system';
import { onFresh } from '../on-fresh-gift';
import { findMonthlyGift } from './find-monthly-gifts';
import { monthlyNoted } from './monthly.accounts';
import { MonthlyGift } from './monthly-gift.model';

/** What a look at a monthly gift changes of it; `what` and `facts` are told in the audit. */
export interface MonthlyNote {
  changes: Partial<MonthlyGift>;
  what?: string;
  facts?: AuditFacts;
  writes?: readonly DocumentWrite[];
}

/** Notes how a monthly gift goes on, from how it is now; nothing when there is nothing new. Each version is noted upon once. */
export async function noteMonthly(
  ctx: Context,
  id: string,
  noteOf: (monthly: MonthlyGift) => MonthlyNote | undefined,
): Promise<MonthlyGift> {
  return onFresh(
    () => findMonthlyGift(ctx, id),
    async (monthly) => {
      const note = noteOf(monthly);
      if (!note) return monthly;
      const subject = { type: 'monthlyGift', id } as const;
      await post(asSystem(ctx, 'provider'), {
        key: `monthly:${id}:noted:${monthly.version}`,
        kind: monthlyNoted,
        source: subject,
        facts: { what: note.what ?? 'note', said: hashOfAsked(note.changes) }, // two notes on one version are two: the second looks again
        guards: [unchanged(MonthlyGift, monthly)],
        writes: () => [
          change(MonthlyGift, monthly, note.changes),
          ...(note.what ? [recorded(ctx, note.what, subject, note.facts ?? {})] : []),
          ...(note.writes ?? []),
        ],
      });
      return findMonthlyGift(ctx, id);
    },
  );
}
