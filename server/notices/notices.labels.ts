import { actingBy, may } from '../identity';
import type { Context } from '../kernel/context';
import { type Label, nameDocuments, numberDocuments } from '../ledger';
import { findReachedByNumber, noticesById } from './find-notices';

/** What the ledger's pages call a notice: its number. */
export function nameNoticesInLedger(): void {
  nameDocuments('notice', async (ctx: Context, ids: readonly string[]) => {
    const notices = await noticesById(ctx, ids);
    const mayOpen = may(ctx.actor, 'notice.read');
    return new Map(
      [...notices].map(([id, { number }]): [string, Label] => [id, { text: number, ...(mayOpen && { href: `/notices/${id}/print` }) }]),
    );
  });
  numberDocuments('notice', async (ctx, number) => {
    const found = await findReachedByNumber(actingBy(ctx, 'notice.read'), number);
    return found && { id: found._id };
  });
}
