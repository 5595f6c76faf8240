import { may } from '../identity';
import type { Context } from '../kernel/context';
import { type Label, nameDocuments } from '../ledger';
import { householdsById } from './find-households';

/** What the ledger's pages call a household: its number, never a name. */
export function nameHouseholdsInLedger(): void {
  nameDocuments('household', async (ctx: Context, ids: readonly string[]) => {
    const households = await householdsById(ctx, ids);
    const mayOpen = may(ctx.actor, 'household.read');
    return new Map(
      [...households].map(([id, { number }]): [string, Label] => [id, { text: number, ...(mayOpen && { href: `/households/${id}` }) }]),
    );
  });
}
